"""Writing a proof: a method for each rule that needs steps of its own before it, and the run of a whole derivation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp

from lemmata.kernel.calculus import everywhere as functions_equal
from lemmata.kernel.calculus import slope_claim
from lemmata.kernel.claims import parse_claim
from lemmata.kernel.errors import KernelError, Refused
from lemmata.kernel.logic import denied
from lemmata.kernel.printing import binding, text
from lemmata.kernel.rank import rank_claims
from lemmata.kernel.rules import induction_base, induction_step
from lemmata.proof.expressions import Statement
from lemmata.proof.steps import Steps
from lemmata.proof.theorem import Theorem, claim_text, kernel_claim
from lemmata.proof.translation import term, variable
from lemmata.proof.uses import Use, support


class Proof(Steps):
    """A derivation under way: each call adds one record and has it judged at once."""

    def cases(
        self,
        name: str,
        statement: Statement,
        over: Any,
        values: Mapping[str, Mapping[str, Any]],
        because: str = "",
    ) -> str:
        """All values of one sign or bit, each with its own support: ``using``, ``squares``, ``ordered``, ``unfold``."""
        written: dict[str, Any] = {}
        sources: set[str] = set()
        for value, how in values.items():
            written[value], used = support(**how)
            sources |= used
        certificate = {"variable": over.name, "values": written}
        return self._add(name, "cases", claim_text(statement), tuple(sorted(sources)), certificate, because)

    def induction(
        self,
        name: str,
        statement: Statement,
        over: Any,
        *,
        base: Mapping[str, Any],
        step: Mapping[str, Any],
        because: str = "",
    ) -> str:
        """Induction over a natural: ``base`` and ``step`` say how the two premises are proved (rule, using, ...)."""
        kernel = kernel_claim(statement)
        k = next(v for v in kernel.variables if v.name == over.name)
        first = self.step(f"{name}, base", str(induction_base(kernel, k)), **_how(base))
        second = self.step(f"{name}, step", str(induction_step(kernel, k)), **_how(step))
        self.hidden |= {first, second}
        certificate = {"variable": k.name, "base": first, "step": second}
        return self._add(name, "induction", str(kernel), (first, second), certificate, because)

    def monotone(
        self,
        name: str,
        statement: Statement,
        over: Any,
        of: Any,
        ends: tuple[Any, Any],
        *,
        slope: Mapping[str, Any],
        because: str = "",
        printed: bool = True,
    ) -> str:
        """F(lo) <= F(hi) for ``of``, a function of ``over``, on ``ends``; ``slope`` says how 0 <= F' is proved."""
        low, high = (text(term(sp.sympify(end))) for end in ends)
        certificate = {"variable": over.name, "of": text(term(of)), "from": low, "to": high}
        kernel = kernel_claim(statement)
        premise = str(slope_claim(kernel, certificate, self._context()))
        first = self.step(f"{name}, slope", premise, **_how(slope))
        self.hidden.add(first)
        certificate["premise"] = first
        if not printed:
            self.hidden.add(name)
        return self._add(name, "monotone", str(kernel), (first,), certificate, because)

    def differentiate(
        self,
        name: str,
        statement: Statement,
        *,
        everywhere: Mapping[str, Any],
        because: str = "",
        printed: bool = True,
    ) -> str:
        """Two derivatives are equal; ``everywhere`` says how it is proved that the functions are."""
        kernel = kernel_claim(statement)
        first = self.step(f"{name}, everywhere", str(functions_equal(kernel)), **_how(everywhere))
        self.hidden |= {first} if printed else {first, name}
        return self._add(name, "differentiate", str(kernel), (first,), {"premise": first}, because)

    def contradiction(
        self,
        name: str,
        statement: Statement | str,
        *,
        absurd: Mapping[str, Any],
        because: str = "",
        printed: bool = True,
    ) -> str:
        """A claim whose negation gives 0 < 0; ``absurd`` says how that is proved, the negation its last hypothesis."""
        source = statement if isinstance(statement, str) else claim_text(statement)
        negation = denied(parse_claim(source, self.judge.definitions))
        first = self.step(f"{name}, denied", str(negation), **{"rule": "square", **absurd})
        self.hidden |= {first} if printed else {first, name}
        return self._add(name, "contradiction", source, (first,), {"premise": first}, because)

    def congruence(
        self,
        name: str,
        statement: Statement,
        hole: Any,
        of: Any,
        equal: Use | str | int,
        *,
        over: Sequence[Any] = (),
        because: str = "",
        printed: bool = True,
    ) -> str:
        """F(p) = F(q) from ``equal``, p = q: ``of`` is F with ``hole``, a function of the variables ``over``, in it."""
        used = equal if isinstance(equal, Use) else Use(equal)
        certificate: dict[str, Any] = {"of": text(term(of)), "hole": hole.name, "equal": used.entry()}
        certificate["over"] = [binding(variable(v)) for v in over]
        if not printed:
            self.hidden.add(name)
        sources = tuple(sorted(used.sources()))
        return self._add(name, "congruence", claim_text(statement), sources, certificate, because)

    def rank(
        self,
        name: str,
        statement: Statement,
        inner: Any,
        blocks: Sequence[Mapping[str, Any]],
        premises: Mapping[str, Mapping[str, Any]],
        because: str = "",
    ) -> str:
        """At most m rows: ``inner`` is the index below m, ``blocks`` say rows and columns.

        A block maps ``kind`` to one, range or box; ``rows`` and ``columns`` to the two factors of an entry; ``row`` and
        ``column`` to their variables; ``size``, and for a box ``index`` and ``bound``, ``proper``: without the row 0.
        ``premises`` says how ``zero k``, ``above k l`` and, by contradiction, ``diagonal k`` are proved.
        """
        kernel = kernel_claim(statement)
        written = [{key: _written(key, value) for key, value in block.items()} for block in blocks]
        certificate: dict[str, Any] = {"inner": inner.name, "through": text(inner.sort.size)}
        certificate["blocks"] = written
        needed = rank_claims(kernel, certificate, self._context())
        certificate["premises"] = {}
        for key, claim in needed.items():
            how, here = premises[key], f"{name}, {key}"
            if key.startswith("diagonal"):
                self.contradiction(here, str(claim), absurd=how)
            else:
                self.step(here, str(claim), **_how(how))
            certificate["premises"][key] = here
            self.hidden.add(here)
        steps = tuple(sorted(certificate["premises"].values()))
        return self._add(name, "rank", str(kernel), steps, certificate, because)


def _written(key: str, value: Any) -> Any:
    """An entry of a block: words and names as they are, terms as their text."""
    if key in ("kind", "proper"):
        return value
    return value.name if key in ("row", "column", "index") else text(term(sp.sympify(value)))


def _how(how: Mapping[str, Any]) -> dict[str, Any]:
    return {"rule": "sum", **how}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A derivation run to its end, or to the step that was refused."""

    proof: Proof
    failed: str
    reason: str


def derive(
    theorem: Theorem,
    script: Callable[[Proof], None],
    name: str = "",
    replaced: Mapping[str, Statement] | None = None,
    known: Proof | None = None,
) -> Outcome:
    """Run a derivation; a refusal is an outcome, not an error.

    With claims ``replaced`` its records are those of the theorem's own derivation up to some step: where that is
    ``known``, these are not judged twice.
    """
    proof = Proof(theorem, name, replaced, known)
    try:
        script(proof)
    except Refused as error:
        return Outcome(proof, error.step, error.reason)
    except KernelError as error:
        return Outcome(proof, "?", str(error))
    return Outcome(proof, "", "")


__all__ = ["Outcome", "Proof", "derive"]
