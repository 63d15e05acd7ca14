"""The error budget of a run: a fixed number of checks share one probability of a false alarm."""

from __future__ import annotations

from lemmata.model import LemmataError


class ErrorLedger:
    """Splits ``alpha_run`` evenly over at most ``slots`` registered checks (Bonferroni, any dependence).

    With every check valid at all stopping times, the chance that any of them ever raises a false alarm
    is at most ``alpha_run``. Raises LemmataError for alpha_run outside (0, 1) or slots < 1.
    """

    def __init__(self, alpha_run: float = 1e-3, slots: int = 1000) -> None:
        if not 0 < alpha_run < 1:
            raise LemmataError(
                f"the error budget of a run must lie strictly between 0 and 1, not {alpha_run}"
            )
        if slots < 1:
            raise LemmataError(f"an error ledger needs at least one slot, not {slots}")
        self.alpha_run = alpha_run
        self.slots = slots
        self._spent: dict[str, None] = {}

    def spend(self, name: str) -> float:
        """The alpha of one check, and register it under ``name``.

        The name must tell apart all that is a check of its own: the claim's hash, the row and the seed.
        A name already registered is the same run continued and spends nothing; another hash or a fresh
        seed is another name, hence another slot. Raises LemmataError when all slots are spent.
        """
        if name not in self._spent and not self.remaining:
            raise LemmataError(
                f"the error budget is used up: {self.slots} checks share alpha = {self.alpha_run:g}, "
                f"none is left for {name!r}; start a run with more slots"
            )
        self._spent[name] = None
        return self.alpha_run / self.slots

    @property
    def spent(self) -> tuple[str, ...]:
        """The registered checks, in the order of their first registration."""
        return tuple(self._spent)

    @property
    def remaining(self) -> int:
        """How many further checks may be registered."""
        return self.slots - len(self._spent)
