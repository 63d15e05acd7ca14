"""Certificates as files for Coq: the meaning of the terms, and a template for every rule of the kernel."""

from lemmata.coq.export import EXCLUDED_MIDDLE, FOUNDATIONS, Exported, NoCoqText, export

__all__ = ["EXCLUDED_MIDDLE", "FOUNDATIONS", "Exported", "NoCoqText", "export"]
