"""The CUDA sources: nvcc compiles them where there is one, and a C++ compiler runs them with threads of the host.

No device is needed, and none is measured. What CuPy does with them is asked by ``pytest -m gpu``.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy
import pytest

from lemmata.sampling import Stream, device, gates, walsh_hadamard

HERE = Path(__file__).parent
LAUNCHERS = {
    "hadamard": """
extern "C" void run_rows(unsigned blocks, unsigned threads, const REAL *given, REAL *out, int bits)
{ launch(blocks, threads, [=] { rows(given, out, bits); }); }
extern "C" void run_columns(unsigned blocks, unsigned threads, REAL *out, int done, int bits)
{ launch(blocks, threads, [=] { columns(out, done, bits); }); }
""",
    "gates": """
extern "C" void run_pairs(unsigned blocks, unsigned threads, const short *tables, const unsigned *words,
                          const unsigned *subsets, long long *out, long long size, int count, int tiles, int n,
                          unsigned mask)
{ launch(blocks, threads, [=] { pairs(tables, words, subsets, out, size, count, tiles, n, mask); }); }
""",
}
NVCC, CXX = shutil.which("nvcc"), shutil.which("g++")
THREADS = 4


@pytest.mark.skipif(NVCC is None, reason="no nvcc here")
@pytest.mark.parametrize(
    ("name", "real"),
    [
        ("hadamard", "float"),
        ("hadamard", "double"),
        ("hadamard", "Whole"),
        ("gates", ""),
    ],
)
def test_nvcc_compiles_every_kernel_for_every_type(name: str, real: str, tmp_path: Path) -> None:
    source = device.SOURCES / f"{name}.cu"
    words = [NVCC or "", "-cubin", "-arch=sm_80", "-std=c++17", "-Werror", "all-warnings", f"-DREAL={real}"]
    done = subprocess.run(
        [*words, "-o", str(tmp_path / "out.cubin"), str(source)], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.cubin").stat().st_size > 0


def test_every_source_has_its_test() -> None:
    assert {path.stem for path in device.SOURCES.glob("*.cu")} == set(LAUNCHERS)


@pytest.fixture(autouse=True, scope="module")
def small() -> Any:
    """Short rows and few columns, so that a small cube needs every kind of launch."""
    with pytest.MonkeyPatch.context() as patch:
        for name, size in (("ROW_BITS", 6), ("COLUMN_BITS", 3), ("WIDTH", 4)):
            patch.setattr(device, name, size)
        yield


@pytest.fixture(scope="module")
def on_host(small: None, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The kernels of a source for a type, as functions of a shared library; compiled once each."""
    if CXX is None:
        pytest.skip("no g++ here")
    folder, known = tmp_path_factory.mktemp("device"), {}

    def library(name: str, real: str) -> Any:
        if (name, real) not in known:
            source, made = folder / f"{name}_{real}.cpp", folder / f"{name}_{real}.so"
            source.write_text(
                f'#include "{HERE / "host_cuda.h"}"\n#include "{device.SOURCES / f"{name}.cu"}"\n{LAUNCHERS[name]}'
            )
            words = [CXX or "", "-std=c++20", "-O1", "-ffp-contract=off", "-shared", "-fPIC", "-pthread"]
            done = subprocess.run(
                [*words, f"-DREAL={real}", *device.sizes(), "-o", str(made), str(source)],
                capture_output=True,
                text=True,
                timeout=120,
            )
            if "barrier" in done.stderr and "No such file" in done.stderr:
                pytest.skip("this g++ has no C++20 barriers")
            assert done.returncode == 0, done.stderr
            known[name, real] = ctypes.CDLL(str(made))
        return known[name, real]

    return library


def at(array: Any) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)


@pytest.mark.parametrize(
    ("n", "rows", "dtype"),
    [
        (0, 3, "float64"),
        (5, 3, "int64"),
        (6, 1, "float32"),
        (7, 2, "int64"),
        (9, 1, "float64"),
        (13, 1, "int64"),
    ],
)
def test_the_transform_of_a_device_agrees(on_host: Any, n: int, rows: int, dtype: str) -> None:
    """The launches are those of the device's own function, on a namespace whose kernels run here."""
    kernels = on_host("hadamard", device._REALS[dtype])
    launched: list[str] = []

    class Module:
        def get_function(self, name: str) -> Any:
            def launch(grid: tuple[int], block: tuple[int], arguments: tuple[Any, ...]) -> None:
                launched.append(name)
                words = [at(a) if a.ndim else int(a) for a in arguments]
                getattr(kernels, f"run_{name}")(grid[0], THREADS, *words)

            return launch

    values = (Stream.keyed(0, "device", f"{n}").integers((rows, 2**n), 2001) - 1000).astype(dtype)
    flat = values.reshape(-1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(device, "_module", lambda name, xp, *options: Module())
        found = device.walsh_hadamard(flat, n, numpy)
    assert (found.reshape(values.shape) == walsh_hadamard(values)).all()
    assert launched == ["rows"] + ["columns"] * max(0, -(-(n - device.ROW_BITS) // device.COLUMN_BITS))


@pytest.mark.parametrize(("n", "width", "inputs"), [(1, 1, 2), (32, 40, 16), (13, 64, gates.MOST)])
def test_the_products_of_a_device_agree(on_host: Any, n: int, width: int, inputs: int) -> None:
    """The launch is that of the device's own function, on a namespace whose kernel runs here."""
    kernel = on_host("gates", "").run_pairs

    class Module:
        def get_function(self, name: str) -> Any:
            assert name == "pairs"

            def launch(grid: tuple[int], block: tuple[int], arguments: tuple[Any, ...]) -> None:
                *arrays, size, count, tiles, bits, mask = arguments
                kernel(
                    grid[0],
                    THREADS,
                    *map(at, arrays),
                    ctypes.c_longlong(size),
                    int(count),
                    int(tiles),
                    int(bits),
                    ctypes.c_uint(mask),
                )

            return launch

    stream = Stream.keyed(0, "device", f"gates {n}")
    units = gates.layer(stream.integers((width, n), 15) - 7, stream.integers(width, 15) - 7)
    words, subsets = stream.words(inputs * 51).reshape(inputs, 51), stream.words(51)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(device, "_module", lambda name, xp, *options: Module())
        found = device.pair_products(units, words, subsets, numpy)
    assert found.dtype == numpy.int64 and (found == gates.pair_products(units, words, subsets)).all()


def test_the_sizes_of_a_device_are_those_of_the_tables() -> None:
    source = (device.SOURCES / "gates.cu").read_text(encoding="utf-8")
    for name in ("BITS", "ROWS", "PARTS", "UNITS", "MOST"):
        assert f"#define {name} {getattr(gates, name)}\n" in source


def test_the_groups_of_index_bits_follow_each_other() -> None:
    for bits in range(device.ROW_BITS, 41):
        first = device.ROW_BITS
        for done, width in device.groups(device.ROW_BITS, bits):
            assert done == first and 1 <= width <= device.COLUMN_BITS
            first += width
        assert first == bits
    assert device.groups(5, 5) == []
