"""Pictures in one style: a column of a paper wide, colours that everybody tells apart, no date in the bytes."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# What else a file may say of the day it was made on and of the program that made it.
UNDATED: dict[str, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
WIDTH, HEIGHT = 3.4, 2.7  # inches: one column of two
# Okabe and Ito's colours; every line has its own dashes too.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (8, 3)))
STYLE: dict[str, Any] = {
    "axes.grid": True,
    "axes.labelsize": 8,
    "axes.linewidth": 0.6,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 8,
    "figure.figsize": (WIDTH, HEIGHT),
    "figure.constrained_layout.use": True,
    # Both come with matplotlib: no machine sets another font.
    "font.family": "STIXGeneral",
    "font.size": 8,
    "grid.color": "#dddddd",
    "grid.linewidth": 0.4,
    "legend.fontsize": 7,
    "legend.frameon": False,
    "lines.linewidth": 1.1,
    "lines.markersize": 3,
    "mathtext.fontset": "stix",
    "pdf.fonttype": 42,
    "savefig.dpi": 300,
    "svg.fonttype": "path",
    "svg.hashsalt": "lemmata",
    "xtick.labelsize": 7,
    "ytick.labelsize": 7,
}


def picture(draw: Callable[[Figure], object], ending: str) -> bytes:
    """What ``draw`` draws on an empty figure, as the bytes of an svg, png or pdf file.

    The same drawing gives the same bytes, whatever settings of matplotlib the user keeps.
    """
    from matplotlib import rc_context, rcdefaults, rcParams
    from matplotlib.figure import Figure
    from matplotlib.rcsetup import cycler

    style: Any = {**STYLE, "axes.prop_cycle": cycler(color=COLOURS, linestyle=DASHES)}
    with rc_context():
        rcdefaults()
        rcParams.update(style)
        figure, made = Figure(), BytesIO()
        draw(figure)
        figure.savefig(made, format=ending, metadata=UNDATED[ending])
    return made.getvalue()
