"""The judge: it takes records one by one, accepts or refuses, and remembers what each conclusion rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from lemmata.kernel.claims import Claim, parse_claim
from lemmata.kernel.context import Context
from lemmata.kernel.definitions import Definition
from lemmata.kernel.errors import CertificateError, IllFormed, Refused
from lemmata.kernel.records import Record, Step, Tier, read_record
from lemmata.kernel.rules import RULES
from lemmata.kernel.symbols import Symbols


class Judge:
    """Accepts steps in order; a step may only name steps accepted before it."""

    def __init__(self) -> None:
        self.steps: dict[str, Step] = {}
        self._symbols = Symbols()

    @property
    def definitions(self) -> dict[str, Definition]:
        """What is defined, by symbol."""
        return self._symbols.definitions

    @property
    def defining(self) -> dict[str, str]:
        """The symbols that steps define, by the ids of the steps."""
        return self._symbols.defining

    def branch(self) -> Judge:
        """A judge that knows the same steps: what it accepts is unknown to this one."""
        other = Judge()
        other.steps, other._symbols = dict(self.steps), self._symbols.copy()
        return other

    def accept(self, record: Mapping[str, Any]) -> Step:
        """Check one record; raises Refused, or CertificateError for what is not a record at all."""
        asked = read_record(record)
        if asked.id in self.steps:
            raise CertificateError(f"the id {asked.id!r} occurs twice")
        try:
            step = self._define(asked) if asked.rule == "define" else self._judge(asked)
        except Refused as error:
            raise Refused(error.reason, asked.id) from None
        except IllFormed as error:
            raise Refused(str(error), asked.id) from None
        except RecursionError:
            raise Refused("nested too deep", asked.id) from None
        self.steps[asked.id] = step
        return step

    def _define(self, asked: Record) -> Step:
        earlier: dict[str, Claim] = {name: step.claim for name, step in self.steps.items()}
        return asked.accepted(Tier.DEFINITION, self._symbols.define(asked, earlier))

    def _judge(self, asked: Record) -> Step:
        if asked.rule not in RULES:
            raise CertificateError(f"there is no rule {asked.rule!r}")
        decide, tier = RULES[asked.rule]
        context = Context({p: s.claim for p, s in self.steps.items()}, self.definitions, self.defining)
        claim = parse_claim(asked.claim, self.definitions)
        decide(claim, asked.certificate, context, asked.rule)
        if context.used != set(asked.premises) or len(asked.premises) != len(set(asked.premises)):
            raise Refused("the premises listed are not those that the certificate uses")
        return asked.accepted(Tier(tier), claim)

    # ------------------------------------------------------------ ancestry

    def ancestors(self, *names: str) -> dict[str, Step]:
        """The named steps and all that they rest on, in the order of acceptance."""
        found: set[str] = set()
        work = list(names)
        while work:
            name = work.pop()
            if name not in found:
                found.add(name)
                work.extend(self.steps[name].premises)
        return {n: s for n, s in self.steps.items() if n in found}

    def ledger(self, *names: str) -> dict[str, int]:
        """How many of the ancestors are known in which way."""
        return dict(Counter(s.tier.value for s in self.ancestors(*names).values()))


__all__ = ["Judge"]
