"""The judge: terms, claims, rules and replay. It imports nothing outside itself and the standard library."""
