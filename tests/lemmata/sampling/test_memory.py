"""How much memory there is: control groups of both versions, the address space, and what a GPU has free."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import numpy
import pytest

from lemmata.model import LemmataError
from lemmata.sampling import Stream, memory
from numerics.hardness import parity_gradient as twin

resource = pytest.importorskip("resource")
GROUP = "the limit of a control group"


@pytest.fixture
def groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree of control groups, and a process of unlimited address space that is in none of them yet."""
    monkeypatch.setattr(memory, "GROUPS", tmp_path / "fs")
    monkeypatch.setattr(memory, "PROCESS", tmp_path)
    monkeypatch.setattr(resource, "getrlimit", lambda which: (resource.RLIM_INFINITY,) * 2)
    return tmp_path


def limited(groups: Path, member: str, limits: dict[str, str]) -> tuple[int, str] | None:
    (groups / "cgroup").write_text(member)
    for name, text in limits.items():
        (groups / "fs" / name).parent.mkdir(parents=True, exist_ok=True)
        (groups / "fs" / name).write_text(text)
    return memory.usable()


PHYSICAL = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


@pytest.mark.parametrize(
    ("member", "limits", "size"),
    [
        ("0::/a/b\n", {"a/b/memory.max": "4096\n"}, 4096),
        ("0::/a/b\n", {"a/b/memory.max": "max\n", "a/memory.max": "8192\n"}, 8192),
        ("0::/a/b\n", {"a/b/memory.max": "9000\n", "a/memory.max": "8192\n"}, 8192),
        ("0::/outside\n", {"memory.max": "5000\n"}, 5000),
        ("4:memory:/a\n0::/\n", {"memory/a/memory.limit_in_bytes": "6000\n"}, 6000),
        ("4:cpu,memory:/elsewhere\n", {"memory/memory.limit_in_bytes": "7000\n"}, 7000),
        ("4:memory:/a\n", {"memory/a/memory.limit_in_bytes": "9223372036854771712\n"}, None),
        ("0::/a\n", {"b/memory.max": "4096\n"}, None),
        ("4:cpu:/a\n", {"memory/a/memory.limit_in_bytes": "6000\n"}, None),
    ],
)
def test_the_least_limit_of_the_groups_around_a_process_counts(
    groups: Path, member: str, limits: dict[str, str], size: int | None
) -> None:
    expected = (PHYSICAL, "physical memory") if size is None else (size, GROUP)
    assert limited(groups, member, limits) == expected


def test_a_group_that_allows_more_than_there_is_does_not_count(groups: Path) -> None:
    assert limited(groups, "0::/\n", {"memory.max": f"{PHYSICAL + 1}"}) == (PHYSICAL, "physical memory")


@pytest.fixture
def confined() -> object:
    """This very process may map 256 MiB more than it has."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + 2**28, hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell")
def test_a_cube_that_does_not_fit_is_refused_before_anything_is_allocated(confined: None) -> None:
    found = memory.usable()
    assert found is not None and 0 < found[0] <= 2**28
    said = r"n = 26 needs 4,160 MiB for the cube, and there is \d+ MiB \(left by .* \(ulimit -v\)\): take n <= \d+$"
    with pytest.raises(LemmataError, match=said):
        next(twin.rows(Stream.keyed(0, "parity-gradient", "instance"), numpy, n=26))


def test_the_n_that_is_advised_fits_and_the_next_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for size, fits in ((2**16, 10), (2**16 - 1, 9), (2**17 - 1, 10)):
        monkeypatch.setattr(twin, "usable", lambda xp, size=size: (size + twin.OTHERS, "here"))
        twin._require_size(fits, numpy)
        with pytest.raises(LemmataError, match=rf"\(here\): take n <= {fits}$"):
            twin._require_size(fits + 1, numpy)


def test_arrays_on_a_gpu_take_what_is_free_there() -> None:
    pool = SimpleNamespace(free_bytes=lambda: 24)
    runtime = SimpleNamespace(memGetInfo=lambda: (1000, 8000))
    xp = SimpleNamespace(cuda=SimpleNamespace(runtime=runtime), get_default_memory_pool=lambda: pool)
    assert memory.usable(xp) == (1024, "free on the GPU")


@pytest.mark.parametrize(("size", "dtype"), [(1, "int16"), (7, "float32"), (2**12, "float64")])
def test_arrays_begin_at_a_cache_line(size, dtype):
    for _ in range(8):
        found = memory.aligned(size, dtype)
        assert found.shape == (size,) and found.dtype == dtype
        assert found.flags.writeable and found.ctypes.data % memory.LINE == 0
