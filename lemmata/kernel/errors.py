"""What the kernel says when it does not accept."""

from __future__ import annotations


class KernelError(Exception):
    """Base of all that the kernel raises on purpose; the text is one line."""


class CertificateError(KernelError):
    """The document is not a certificate: it cannot be read, so nothing in it was judged."""


class IllFormed(KernelError):
    """A term or claim has no meaning: an unknown name, a wrong sort, a subtraction of naturals."""


class Refused(KernelError):
    """A rule was asked and said no; ``step`` names the step."""

    def __init__(self, reason: str, step: str = "") -> None:
        super().__init__(f"step {step!r} refused: {reason}" if step else reason)
        self.reason = reason
        self.step = step


class Undefined(KernelError):
    """A claim has no value at this point: a division by zero, or a quantifier that is not finite."""
