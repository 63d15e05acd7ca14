"""What networks can represent, and at what size."""
