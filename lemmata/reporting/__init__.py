"""From a report to something to read: a document of a few kinds of node, and one renderer for each medium.

``theorem(report)`` makes the document, ``render(document)`` its text; ``json_documents`` has what other
programs read. Words are chosen in ``document``, ``pages`` and ``phrases``, numbers are formatted in ``numbers``,
and nothing is computed here. Importing this package imports the standard library and ``lemmata.model`` alone.
"""

from lemmata.reporting.document import brief, theorem, variants
from lemmata.reporting.nodes import Document
from lemmata.reporting.overview import ledger, summary
from lemmata.reporting.pages import description, diagnosis, errata, evaluation, listing, mutation
from lemmata.reporting.terminal import render
from lemmata.reporting.verdicts import headline

__all__ = [
    "Document",
    "brief",
    "description",
    "diagnosis",
    "errata",
    "evaluation",
    "headline",
    "ledger",
    "listing",
    "mutation",
    "render",
    "summary",
    "theorem",
    "variants",
]
