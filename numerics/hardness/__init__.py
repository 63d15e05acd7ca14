"""Experiments on what gradient methods cannot learn."""
