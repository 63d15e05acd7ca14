"""What a run keeps and takes up again: where the store's rules meet the needs of whoever waits for a verdict."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any, NoReturn

from lemmata.model import LemmataError, Row
from lemmata.running.engine import engine
from lemmata.running.experiment import Experiment
from lemmata.running.packing import Damaged
from lemmata.running.spans import Span, size
from lemmata.running.store import Key, Series, Store, Unusable

# A row that is drawn in less than this is not worth a place in the store.
SECONDS = 1.0


class Shelf:
    """The shards of one row that need not be drawn; this one has none and keeps none."""

    @property
    def kept(self) -> list[Span]:
        """The shards that are there, in order."""
        return []

    def get(self, shard: int) -> Any:
        """The counts of a shard that is there."""
        raise LookupError(shard)

    def add(self, shard: int, counts: Any) -> None:
        """Take in a shard that was drawn."""


class Keeper:
    """Puts the shards of a run into a store and finds those of earlier runs.

    A verdict must not be lost with the store: where that fails in the middle, ``notice`` is told once and the run
    goes on without. With ``whole`` the store is the result: every row is kept, and a failure ends the run. With
    ``named`` somebody asked for this store, and is told where nothing in it could be used.
    """

    def __init__(
        self, store: Store, notice: Callable[[str], None], whole: bool = False, named: bool = False
    ) -> None:
        self.store, self.whole, self.named = store, whole, named
        self._notice, self._failed = notice, False
        self._resumed = self._planned = self._strange = 0

    def shelf(self, experiment: Experiment, row: Row, first: Any, seconds: float, total: int) -> Shelf:
        """The place of a row of ``total`` shards whose ``first`` took ``seconds`` and has just been drawn."""
        series = None if self._failed else self._series(key(experiment, row, first), total)
        if series is None:
            return Shelf()
        return _Kept(self, series, self.whole or seconds * (total - 1) >= SECONDS)

    def resumed(self) -> str:
        """What was taken up since this was last asked, in one line; empty if there was nothing."""
        found, planned, strange = self._resumed, self._planned, self._strange
        self._resumed = self._planned = self._strange = 0
        if found:
            return f"resumed {found} shards of {planned} from {self.store.path}"
        if strange and self.named:
            return (
                f"none of {strange} shards of these rows in {self.store.path} could be used: they are of other files, "
                "parameters or versions, or of a machine whose arithmetic differs"
            )
        return ""

    def fail(self, error: Unusable) -> None:
        """End the run if the store is its result, and otherwise say once that nothing more is kept."""
        if self.whole:
            raise error
        if not self._failed:
            self._failed = True
            self._notice(
                f"warning: {error}; the run goes on, and the shards it draws from here on are not kept"
            )

    def differs(self, row: str, shard: int) -> NoReturn:
        """A kept shard comes out otherwise now: nothing that is kept can be believed, of rows that are done neither.

        Sets the store aside and raises LemmataError.
        """
        other = self.store.set_aside()
        raise LemmataError(
            f"shard {shard} of row {row!r} comes out otherwise than in the store {self.store.path}: a file that the "
            f"experiment reads has changed, or the machine; the store is set aside as {other}, run this again"
        )

    def _series(self, key: Key, total: int) -> Series | None:
        try:
            series = self.store.series(key)
            self._strange += 0 if series.kept else self.store.strangers(key)
        except (Unusable, Damaged) as error:
            self.fail(
                error if isinstance(error, Unusable) else Unusable(f"{self.store.path} is damaged ({error})")
            )
            return None
        self._resumed += size(series.kept, total)
        self._planned += total
        return series

    @property
    def failed(self) -> bool:
        """Whether the store has been given up."""
        return self._failed


class _Kept(Shelf):
    def __init__(self, keeper: Keeper, series: Series, adding: bool) -> None:
        self._keeper, self._series, self._adding = keeper, series, adding

    @property
    def kept(self) -> list[Span]:
        return self._series.kept

    def get(self, shard: int) -> Any:
        return self._series.get(shard)

    def add(self, shard: int, counts: Any) -> None:
        if not self._adding or self._keeper.failed:
            return
        try:
            self._series.add(shard, counts)
        except Unusable as error:
            self._keeper.fail(error)


def key(experiment: Experiment, row: Row, first: Any) -> Key:
    """What the shards of a row are kept under.

    The counts of the first shard are a part of it, so that samples which differ find nothing, whatever made them
    differ: a file that no digest covers, another machine's arithmetic.
    """
    return Key(
        claim=experiment.key,
        row=row.name,
        engine=engine(),
        seed=str(experiment.seed),
        backend=experiment.resolved().name,
        circumstances=_circumstances(experiment, row, first),
    )


def _circumstances(experiment: Experiment, row: Row, first: Any) -> str:
    declared = (row.shard, row.support, row.lattice, int(first.size))
    words = (experiment.sources, repr(sorted(experiment.params.items())), repr(declared))
    state = blake2b(digest_size=16)
    for field in (*(word.encode("utf-8", "surrogatepass") for word in words), first.tobytes()):
        state.update(len(field).to_bytes(8, "little") + field)
    return state.hexdigest()


__all__ = ["SECONDS", "Keeper", "Shelf", "key"]
