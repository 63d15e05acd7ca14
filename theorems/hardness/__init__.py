"""What gradient methods cannot learn."""
