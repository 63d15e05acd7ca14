"""PyTorch modules as models: on PyTorch where it is installed, and on a stand-in of a few lines everywhere."""

import copy
import sys
import types

import numpy
import pytest

from lemmata.model import LemmataError
from lemmata.sampling import Stream
from numerics.hardness._model import load_model

NET = """
import torch

W, V = [[0.5, -1.0, 0.25], [0.75, 0.5, -0.5]], [1.5, -2.0]

class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.w, self.v = torch.nn.Parameter(torch.tensor(W)), torch.nn.Parameter(torch.tensor(V))
        self.frozen = torch.nn.Parameter(torch.tensor([3.0]), requires_grad=False)

    def forward(self, x):
        assert not self.training
        return torch.tanh(x @ self.w.T) @ self.v * self.frozen

def factory(n):
    return Net(), 20.0

def alone(n):
    return Net()

def constant(n):
    return torch.nn.Module()

class Two(Net):
    def forward(self, x):
        return torch.tanh(x @ self.w.T)

def two(n):
    return Two()
"""


class Tensor(numpy.ndarray):
    """As much of a tensor as the adapter uses, on NumPy."""

    requires_grad = True

    def detach(self):
        return self

    def to(self, like):
        return self.astype(like.dtype)

    def cpu(self):
        return self

    def numpy(self):
        return numpy.asarray(self)

    def numel(self):
        return self.size


class Module:
    training = True

    def eval(self):
        self.training = False

    def named_parameters(self):
        return [(name, value) for name, value in vars(self).items() if isinstance(value, Tensor)]


def tensor(values):
    return numpy.array(values, dtype=float).view(Tensor)


def parameter(value, requires_grad=True):
    value.requires_grad = requires_grad
    return value


def functional_call(module, chosen, arguments):
    module = copy.copy(module)
    vars(module).update(chosen)
    return module.forward(*arguments)


def grad(function, step=1e-6):
    """Differences in every entry of every parameter."""

    def of(chosen, x):
        found = {}
        for name, value in chosen.items():
            found[name] = tensor(numpy.zeros(value.shape))
            for index in numpy.ndindex(value.shape):
                sides = []
                for move in (step, -step):
                    moved = value.copy()
                    moved[index] += move
                    sides.append(float(function({**chosen, name: moved}, x)))
                found[name][index] = (sides[0] - sides[1]) / (2 * step)
        return found

    return of


def vmap(function, in_dims):
    assert in_dims == (None, 0)

    def each(chosen, inputs):
        found = [function(chosen, x) for x in inputs]
        return {name: numpy.stack([one[name] for one in found]).view(Tensor) for name in chosen}

    return each


def stand_in():
    torch = types.ModuleType("torch")
    torch.nn = types.SimpleNamespace(Module=Module, Parameter=parameter)
    torch.func = types.ModuleType("torch.func")
    torch.func.functional_call, torch.func.grad, torch.func.vmap = functional_call, grad, vmap
    torch.tensor, torch.tanh = tensor, numpy.tanh
    torch.as_tensor = lambda values: values.view(Tensor)
    torch.cat = lambda parts, dim: numpy.concatenate(parts, axis=dim).view(Tensor)
    return torch


@pytest.fixture(params=["stand-in", "installed"])
def load(request, tmp_path, monkeypatch):
    if request.param == "installed":
        pytest.importorskip("torch")
    else:
        torch = stand_in()
        monkeypatch.setitem(sys.modules, "torch", torch)
        monkeypatch.setitem(sys.modules, "torch.func", torch.func)
    (tmp_path / "net.py").write_text(NET, encoding="utf-8")
    return lambda name: load_model(f"{tmp_path / 'net.py'}:{name}", 3, Stream.keyed(0, "torch", ""))


def by_hand(inputs):
    w, v = numpy.array([[0.5, -1.0, 0.25], [0.75, 0.5, -0.5]]), numpy.array([1.5, -2.0])
    units = numpy.tanh(inputs @ w.T)
    backward = 3 * v * (1 - units**2)
    return numpy.concatenate(
        [(backward[:, :, None] * inputs[:, None, :]).reshape(len(inputs), 6), 3 * units], axis=1
    )


def test_a_module_is_adapted(load):
    inputs = Stream.keyed(0, "torch", "inputs").signs(20, 3)
    for name, bound in (("factory", 20.0), ("alone", None)):
        model = load(name)
        assert (model.p, model.bound) == (8, bound)
        # Single precision, or differences.
        assert model(inputs) == pytest.approx(by_hand(inputs), abs=3e-6)


def test_a_module_without_parameters_or_with_two_outputs_is_refused(load):
    with pytest.raises(LemmataError, match="the module Module has no parameters that require a gradient"):
        load("constant")
    with pytest.raises(LemmataError, match="the module Two has 2 outputs, not one"):
        load("two")
