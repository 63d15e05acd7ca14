"""Certificates as files for Coq: the meaning of the terms, and a template for every rule of the kernel."""
