"""Statements, derivations and false variants: theorems/<theme>/<slug>.py; the path is the id."""
