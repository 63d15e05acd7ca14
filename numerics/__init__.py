"""The experiments: each module draws or enumerates what the theorem with the same path speaks of."""
