"""Certificates as files for Coq: the meaning of the terms, and a template for every rule of the kernel."""

from lemmata.coq.export import FOUNDATIONS, Exported, NoCoqText, export

__all__ = ["FOUNDATIONS", "Exported", "NoCoqText", "export"]
