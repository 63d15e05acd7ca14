"""Division by what may be zero, and powers: symbolic, negative, fractional, of zero and of negative numbers."""

from __future__ import annotations

from tests.attacks.attack import Attack, each, one

DIVISION = "not known to differ from zero"
CANCEL = "do not cancel"

ATTACKS = [
    # 0 <= 1 - a made 1 - a "positive", because the constant 1 is: false at a = 1.
    Attack(
        "a weak bound does not keep a denominator from zero",
        DIVISION,
        one("identity", "for all a: real. if a <= 1 then (1 - a)/(1 - a) = 1"),
        one("identity", "for all a: real. if a < 1 then (1 - a)/(1 - a) = 1"),
    ),
    Attack(
        "a zero that cancels later",
        DIVISION,
        one("identity", "for all a: real, b: real. ((a - b)*a)/(a - b) = a"),
        one("identity", "for all a: real, b: real. if a != b then ((a - b)*a)/(a - b) = a"),
    ),
    Attack(
        "nothing over nothing",
        "a division by zero",
        one("identity", "for all a: real. (a - a)/(a - a) = 1"),
        one("identity", "for all a: real. (a - a)/(a^2 + 1) = 0"),
    ),
    Attack(
        "zero over what may be zero",
        DIVISION,
        one("identity", "for all a: real. 0/a = 0"),
        one("identity", "for all n: nat. 0/(n + 1) = 0"),
    ),
    Attack(
        "one factor known is not both",
        DIVISION,
        one("identity", "for all a: real, b: real. if a != 0 then (a*b)/(a*b) = 1"),
        one("identity", "for all a: real, b: real. if a != 0; b != 0 then (a*b)/(a*b) = 1"),
    ),
    Attack(
        "the sum of two that are not zero",
        DIVISION,
        one("identity", "for all a: real, b: real. if a != 0; b != 0 then (a + b)/(a + b) = 1"),
        one("identity", "for all a: real, b: real. if a != 0; b != 0 then (a^2 + b^2)/(a^2 + b^2) = 1"),
    ),
    Attack(
        "an index may be zero",
        DIVISION,
        one("sum", "for all n: nat. sum(i: index(n), i/i) = n"),
        one("sum", "for all n: nat. sum(i: index(n), 2^i/2^i) = n"),
    ),
    Attack(
        "a hypothesis about all indices is none about a free number",
        DIVISION,
        one(
            "identity",
            "for all n: nat, f: fn(nat) -> real, k: nat. if (for all i: index(n). f(i) != 0) then f(k)/f(k) = 1",
        ),
        one("identity", "for all n: nat, f: fn(nat) -> real, k: nat. if f(k) != 0 then f(k)/f(k) = 1"),
    ),
    Attack(
        "a hypothesis about a free name is none about a bound one",
        DIVISION,
        one(
            "identity", "for all f: fn(C1 real) -> real, a: real. if a != 0 then diff(a: real, f(a)/a, 1) = 0"
        ),
        one(
            "identity",
            "for all f: fn(C1 real) -> real, a: real. if a != 0 then "
            "diff(t: real, f(t)/a, 1) = diff(t: real, f(t), 1)/a",
        ),
    ),
    Attack(
        "an even function of a bit",
        DIVISION,
        one("identity", "for all b: bit. b/b = 1"),
        one("identity", "for all s: sign. s/s = 1"),
    ),
    Attack(
        "a symbolic power of zero",
        "a power of zero",
        one("identity", "for all n: nat. 0^n = 0"),
        one("identity", "for all a: real. 0^1 = a - a"),
    ),
    Attack(
        "zero to the zero is one",
        CANCEL,
        one("identity", "0^0 = 0"),
        one("identity", "0^0 = 1"),
    ),
    Attack(
        "a negative power of what may vanish",
        DIVISION,
        one("identity", "for all a: real, n: nat. a^n*a^(-n) = 1"),
        one("identity", "for all a: real, n: nat. if a != 0 then a^n*a^(-n) = 1"),
    ),
    Attack(
        "a power that is split at a difference",
        DIVISION,
        one("identity", "for all a: real, n: nat, m: nat. a^(n - m)*a^m = a^n"),
        one("identity", "for all a: real, n: nat, m: nat. a^(n + m) = a^n*a^m"),
    ),
    Attack(
        "the parity of an exponent",
        CANCEL,
        one("identity", "for all n: nat. (-1)^n = -1"),
        one("identity", "for all n: nat. (-1)^(2*n + 1) = -1"),
    ),
    Attack(
        "the square of an exponent",
        CANCEL,
        one("identity", "for all n: nat. 2^(n^2) = (2^n)^2"),
        one("identity", "for all n: nat. 2^(2*n) = (2^n)^2"),
    ),
    Attack(
        "a minus before a power",
        CANCEL,
        one("identity", "for all n: nat. (-2)^n = -2^n"),
        one("identity", "for all n: nat. (-2)^n = (-1)^n*2^n"),
    ),
    Attack(
        "a root of a negative number",
        "not an integer by form",
        one("identity", "for all n: nat. (-1)^(n/2)*(-1)^(n/2) = (-1)^n"),
        one("identity", "for all n: nat. 2^(n/2) = 2^(n/2)"),
    ),
    Attack(
        "a root of a square",
        "not an integer by form",
        one("identity", "for all a: real. (a^2)^(1/2) = a"),
        one("identity", "for all a: real. (a^2)^1 = a^2"),
    ),
    Attack(
        "a power of a sum",
        CANCEL,
        one("identity", "for all a: real, b: real, n: nat. (a + b)^n = a^n + b^n"),
        one("identity", "for all a: real, b: real, n: nat. (a*b)^n = a^n*b^n"),
    ),
    Attack(
        "a real exponent",
        "not an integer by form",
        one("identity", "for all a: real. 2^a = 2^a"),
        one("identity", "for all a: nat. 2^a = 2^a"),
    ),
]


@each(ATTACKS)
def test_nothing_is_divided_by_what_may_be_zero_and_powers_are_those_of_reals(attack: Attack) -> None:
    attack.run()
