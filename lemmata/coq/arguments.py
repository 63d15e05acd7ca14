"""Components of vectors, and functions whose arguments are brought into normal form."""

from __future__ import annotations

from collections.abc import Mapping

from lemmata.coq.monomials import (
    argument_term,
    has_bracket,
    key,
    lift,
)
from lemmata.coq.names import name
from lemmata.coq.naturals import natural
from lemmata.coq.powers import Powers
from lemmata.coq.products import ITSELF, Proved, braces, close
from lemmata.kernel.definitions import Definition, match_arguments
from lemmata.kernel.sorting import is_vector, kinds, vector_sort
from lemmata.kernel.substitution import substitute
from lemmata.kernel.terms import (
    REAL,
    Apply,
    Build,
    Component,
    Defined,
    Function,
    Sort,
    Term,
    Var,
)


class Arguments(Powers):
    """Functions and defined symbols applied, and components of built vectors."""

    unfold: Mapping[str, Definition]

    def component(self, vector: Term, index: Term) -> Proved:
        if isinstance(vector, Var):
            return lift(Component(vector, index)), ITSELF
        assert isinstance(vector, Build)
        body = substitute(vector.body, {vector.variable.name: index})
        poly, script = self.term(body)
        said = "" if isinstance(index, Var) else f"transitivity {self.real(body)}.\n{{ naturals. }}\n"
        return poly, f"refine (eq_trans (build_below _ _ _ _) _).\n{{ lia. }}\ncbv beta.\n{said}{script}"

    def applied(self, term: Apply | Defined) -> Proved:
        if isinstance(term, Defined) and term.name in self.unfold:
            definition = self.unfold[term.name]
            body = substitute(definition.body, match_arguments(definition, term.arguments))
            poly, script = self.term(body)
            unfolded = f"first [reflexivity | unfold {name(term.name)}; naturals]."
            return poly, f"transitivity {self.real(body)}.\n{{ {unfolded} }}\n{script}"
        atom, script = self.with_arguments(term)
        return lift(atom), script + ITSELF

    def with_arguments(self, term: Apply | Defined) -> tuple[Term, str]:
        """The term with its arguments in normal form; the script leaves the goal with it on the left."""
        script = ""
        for k, (argument, sort) in enumerate(zip(term.arguments, self._sorts(term), strict=True)):
            changed = self._argument(argument, sort)
            if changed is None:
                continue
            new, proof, old_text, new_text = changed
            hole = Var("k_z", vector_sort(argument) if is_vector(argument) else sort)
            rest = (*term.arguments[:k], hole, *term.arguments[k + 1 :])
            around = f"(fun {name('k_z')} => {self.printer.real(_with(term, rest))})"
            script += f"refine (eq_trans (f_equal {around} (_ : {old_text} = {new_text})) _).\n"
            script += f"{{ {proof} }}\ncbv beta.\n"
            term = _with(term, (*term.arguments[:k], new, *term.arguments[k + 1 :]))
        return term, script

    def _sorts(self, term: Apply | Defined) -> tuple[Sort, ...]:
        if isinstance(term, Apply):
            assert isinstance(term.head.sort, Function)
            return term.head.sort.arguments
        return tuple(p.sort for p in self.printer.definitions[term.name].parameters)

    def _argument(self, argument: Term, sort: Sort) -> tuple[Term, str, str, str] | None:
        """A number or a built vector in normal form, with the proof, or None where nothing changes."""
        if isinstance(argument, Var):
            return None
        if is_vector(argument):
            return self._built(argument)
        if "point" in kinds(argument):
            return None
        if "nat" in kinds(argument) and not (sort == REAL and has_bracket(argument)):
            return self._natural(argument, sort)
        poly, script = self.term(argument)
        new = argument_term(poly)
        if "nat" in kinds(argument) and all(c > 0 and c.denominator == 1 for c, _ in poly):
            new = natural(new)  # What is left of a bracket that was decided is written like any natural.
        if key(new) == key(argument):
            return None
        proof = f"transitivity {self.poly(poly)}.\n" + braces(script, close(poly))
        return new, proof, self.real(argument), self.real(new)

    def _natural(self, argument: Term, sort: Sort) -> tuple[Term, str, str, str] | None:
        """A natural written in one way, where a natural is asked for or a real number."""
        new = natural(argument)
        if key(new) == key(argument):
            return None
        proof = "ring." if sort == REAL else "first [lia | ring]."
        return new, proof, self.printer.of_sort(argument, sort), self.printer.of_sort(new, sort)

    def _built(self, argument: Term) -> tuple[Term, str, str, str] | None:
        assert isinstance(argument, Build)
        index, body = self.entered(argument.variable, argument.body)
        poly, script = self.term(body)
        inner = argument_term(poly)
        old, text = self.printer.vector(argument), self.printer.vector
        if isinstance(inner, Component) and inner.index == index and isinstance(inner.vector, Var):
            proof = f"refine (eq_trans (build_ext _ _ {self.printer.abstraction(index, inner)} _) _).\n"
            proof += braces(
                f"intros {name(index.name)} h_{name(index.name)}. cbv beta.\ntransitivity {self.poly(poly)}.\n"
                + braces(script, "ring."),
                f"apply (build_same {self._letters(argument)}). {self.membership.vector(inner.vector)}.",
            )
            return inner.vector, proof, old, text(inner.vector)
        new = Build(argument.name, index, inner)
        if key(new) == key(argument):
            return None
        word = name(index.name)
        proof = f"refine (build_ext _ _ _ _). intros {word} h_{word}. cbv beta.\ntransitivity {self.poly(poly)}.\n"
        closing = close(poly)
        return new, proof + braces(script, closing), old, text(new)

    def _letters(self, vector: Build) -> str:
        return "1 (Ropp 1)" if vector.name == "signs" else "0 1"


def _with(term: Apply | Defined, arguments: tuple[Term, ...]) -> Apply | Defined:
    if isinstance(term, Apply):
        return Apply(term.head, arguments)
    return Defined(term.name, arguments, term.value)
