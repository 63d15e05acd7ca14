"""The cube: vectors of different lengths, contraction with what does not vanish, independence that is not there."""

from __future__ import annotations

from tests.attacks.attack import Attack, each, one

CANCEL = "do not cancel"
X = "for all n: nat, x: signs(n)"
G = "g: fn(signs(n)) -> real"
KERNEL = "prod(i: index(n), 1 + x[i]*y[i])"

ATTACKS = [
    # [x = y] was the product over the first's length: over an empty one it is 1, whatever y is.
    Attack(
        "vectors of different lengths",
        "not of one size",
        one("cube", "for all m: nat, x: signs(0), y: signs(m). [x = y] = 1"),
        one("cube", "for all x: signs(0), y: signs(0). [x = y] = 1"),
    ),
    Attack(
        "vectors of n and n + 1 signs",
        "not of one size",
        one(
            "cube", "for all n: nat, x: signs(n), y: signs(n + 1). [x = y] = prod(i: index(n), [x[i] = y[i]])"
        ),
        one("cube", "for all n: nat, x: signs(n), y: signs(n). [x = y] = prod(i: index(n), [x[i] = y[i]])"),
    ),
    Attack(
        "signs and bits",
        "vectors of one sort",
        one("cube", "for all x: signs(0), e: bits(0). [x = e] = 1"),
        one("cube", "for all d: bits(0), e: bits(0). [d = e] = 1"),
    ),
    Attack(
        "vectors that agree somewhere",
        CANCEL,
        one("cube", f"{X}, y: signs(n), k: index(n). [x = y] = [x[k] = y[k]]"),
        one("cube", f"{X}. [x = x] = 1"),
    ),
    Attack(
        "a kernel that does not vanish",
        CANCEL,
        one("cube", f"{X}, {G}. mean(y: signs(n), g(y)*prod(i: index(n), 2 + x[i]*y[i])) = g(x)"),
        one("cube", f"{X}, {G}. mean(y: signs(n), g(y)*{KERNEL}) = g(x)"),
    ),
    Attack(
        "a kernel over fewer coordinates",
        CANCEL,
        one(
            "cube",
            "for all n: nat, x: signs(2*n), g: fn(signs(2*n)) -> real. "
            "mean(y: signs(2*n), g(y)*prod(i: index(n), 1 + x[i]*y[i])) = g(x)",
        ),
        one(
            "cube",
            "for all n: nat, x: signs(2*n), g: fn(signs(2*n)) -> real. "
            "mean(y: signs(2*n), g(y)*prod(i: index(2*n), 1 + x[i]*y[i])) = g(x)",
        ),
    ),
    Attack(
        "a sum for a mean",
        CANCEL,
        one("cube", f"{X}, {G}. sum(y: signs(n), g(y)*{KERNEL}) = g(x)"),
        one("cube", f"{X}, {G}. sum(y: signs(n), g(y)*{KERNEL}) = 2^n*g(x)"),
    ),
    Attack(
        "the mean of one component squared",
        CANCEL,
        one("cube", "for all n: nat, k: index(n). mean(x: signs(n), x[k]^2) = 0"),
        one("cube", "for all n: nat, k: index(n). mean(x: signs(n), x[k]^2) = 1"),
    ),
    Attack(
        "two components that may be the same",
        CANCEL,
        one("cube", "for all n: nat, k: index(n), l: index(n). mean(x: signs(n), x[k]*x[l]) = 0"),
        one("cube", "for all n: nat, k: index(n), l: index(n). mean(x: signs(n), x[k]*x[k]) = 1"),
    ),
    Attack(
        "the mean of a product",
        CANCEL,
        one(
            "cube",
            f"for all n: nat, {G}. mean(x: signs(n), g(x)*g(x)) = mean(x: signs(n), g(x))*mean(x: signs(n), g(x))",
        ),
        one(
            "cube",
            f"for all n: nat, {G}. mean(x: signs(n), mean(y: signs(n), g(x)*g(y))) = "
            "mean(x: signs(n), g(x))*mean(x: signs(n), g(x))",
        ),
    ),
    Attack(
        "bits are not squared away like signs",
        CANCEL,
        one("cube", "for all n: nat, e: bits(n), k: index(n). e[k]^2 = 1"),
        one("cube", "for all n: nat, e: bits(n), k: index(n). e[k]^2 = e[k]"),
    ),
    Attack(
        "the number of points",
        CANCEL,
        one("cube", "for all n: nat. sum(e: bits(n), 1) = 2*n"),
        one("cube", "for all n: nat. sum(e: bits(n), 1) = 2^n"),
    ),
    Attack(
        "what only the cube knows is not taken by a plain sum",
        CANCEL,
        one("sum", f"{X}, {G}. mean(y: signs(n), g(y)*{KERNEL}) = g(x)"),
        one("cube", f"{X}, {G}. mean(y: signs(n), g(y)*{KERNEL}) = g(x)"),
    ),
]


@each(ATTACKS)
def test_a_false_identity_on_the_cube_is_refused(attack: Attack) -> None:
    attack.run()
