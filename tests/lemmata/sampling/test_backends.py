"""Backends: a device library is imported only on request, and a device that does not work is named."""

import subprocess
import sys
import types

import numpy
import pytest

from lemmata.model import LemmataError
from lemmata.sampling import namespace, resolve, to_host


def cupy_that(add_up):
    """A module that imports well and computes as told."""
    module = types.ModuleType("cupy")
    module.sum = add_up
    module.arange, module.int64 = numpy.arange, numpy.int64
    module.astype, module.concat, module.isdtype = numpy.astype, numpy.concat, numpy.isdtype
    device = types.SimpleNamespace(id=0)
    runtime = types.SimpleNamespace(getDeviceProperties=lambda _: {"name": b"Device 0"})
    module.cuda = types.SimpleNamespace(Device=lambda: device, runtime=runtime)
    return module


def old():
    """CuPy 13, whose root namespace is not yet the array API's."""
    module = cupy_that(numpy.sum)
    del module.astype, module.concat
    return module


def no_driver(_):
    raise RuntimeError("CUDA driver version\nis insufficient")


def test_numpy_is_the_plain_backend():
    backend = resolve("numpy")
    assert (backend.name, backend.xp, backend.device, backend.reason) == ("numpy", numpy, "cpu", "")


def test_numpy_does_not_look_for_cupy():
    code = "import sys; from lemmata.sampling import resolve; resolve('numpy'); print('cupy' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_a_working_device_is_used(monkeypatch):
    monkeypatch.setitem(sys.modules, "cupy", cupy_that(numpy.sum))
    assert resolve("auto").name == resolve("cupy").name == "cupy"
    assert resolve("cupy").device == "Device 0"


@pytest.mark.parametrize(
    ("module", "why"),
    [
        (None, "ModuleNotFoundError"),
        (cupy_that(no_driver), "RuntimeError: CUDA driver version is insufficient"),
        (cupy_that(numpy.max), "wrong sum"),
        (old(), "this CuPy has no astype, concat; version 14 or later is needed"),
    ],
)
def test_a_device_that_does_not_work_is_explained(monkeypatch, module, why):
    monkeypatch.setitem(sys.modules, "cupy", module)
    fallback = resolve("auto")
    assert fallback.name == "numpy" and why in fallback.reason
    with pytest.raises(LemmataError, match=r"cuda12x.*cuda13x") as caught:
        resolve("cupy")
    assert why in str(caught.value) and "\n" not in str(caught.value)


def test_unknown_names_list_the_known_ones():
    with pytest.raises(LemmataError, match="auto, numpy, cupy"):
        resolve("torch")


def test_to_host_returns_numpy():
    assert to_host(numpy.arange(3)).tolist() == [0, 1, 2]
    device_array = types.SimpleNamespace(get=lambda: "host copy", __cuda_array_interface__={})
    assert to_host(device_array) == "host copy"


def test_a_mapping_is_no_device_array():
    assert to_host({"weights": 1}).dtype == object


def test_an_array_that_does_not_tell_belongs_to_its_package(monkeypatch):
    """CuPy's arrays have no __array_namespace__, and their type lives in a module beneath the package."""
    device = cupy_that(numpy.sum)
    monkeypatch.setitem(sys.modules, "cupy", device)
    array = type("ndarray", (), {"__module__": "cupy._core.core"})()
    assert namespace(array) is device
    assert namespace(numpy.zeros(1)) is numpy
