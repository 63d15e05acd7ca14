"""Butterflies on whole vectors, as LLVM instructions: what a loop over numbers would not be turned into.

A vector has 32 bytes: the length of AVX2, and of two of shorter machines' vectors.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from lemmata.sampling.compiled.jit import intrinsic, numba

ir: Any = importlib.import_module("llvmlite.ir")
BYTES = 32
# So many vectors fit into the registers with something to spare.
REGISTERS = 8


class Vectors:
    """The vectors of one array while instructions are written: loads, stores, sums and differences."""

    def __init__(self, context: Any, builder: Any, kind: Any) -> None:
        self.context, self.builder, self.kind = context, builder, kind
        self.lanes = BYTES // (kind.dtype.bitwidth // 8)
        self.element = context.get_data_type(kind.dtype)
        self.type = ir.VectorType(self.element, self.lanes)
        self.real = isinstance(kind.dtype, numba.types.Float)

    def place(self, array: Any, index: Any) -> Any:
        """The pointer to the vector that starts at ``array[index]``."""
        data = self.context.make_array(self.kind)(self.context, self.builder, array).data
        return self.builder.bitcast(self.builder.gep(data, [index]), self.type.as_pointer())

    def load(self, pointer: Any) -> Any:
        found = self.builder.load(pointer)
        found.align = self.kind.dtype.bitwidth // 8
        return found

    def store(self, value: Any, pointer: Any) -> None:
        self.builder.store(value, pointer).align = self.kind.dtype.bitwidth // 8

    def add(self, a: Any, b: Any) -> Any:
        return self.builder.fadd(a, b) if self.real else self.builder.add(a, b)

    def subtract(self, a: Any, b: Any) -> Any:
        return self.builder.fsub(a, b) if self.real else self.builder.sub(a, b)

    def across(self, values: list[Any]) -> list[Any]:
        """The transform of a list of vectors, lane by lane; its length is a power of two."""
        step = 1
        while step < len(values):
            for k in range(0, len(values), 2 * step):
                for i in range(k, k + step):
                    a, b = values[i], values[i + step]
                    values[i], values[i + step] = self.add(a, b), self.subtract(a, b)
            step *= 2
        return values

    def within(self, value: Any) -> Any:
        """The transform of the lanes of one vector."""
        step = 1
        while step < self.lanes:
            swapped = self._shuffle(value, value, [lane ^ step for lane in range(self.lanes)])
            negative = [bool(lane & step) for lane in range(self.lanes)]
            value = self._signed_sum(swapped, value, negative)
            step *= 2
        return value

    def _signed_sum(self, base: Any, value: Any, negative: list[bool]) -> Any:
        """``base + value`` with the sign of ``value`` changed in some lanes."""
        if self.real:
            signs = ir.Constant(self.type, [-1.0 if minus else 1.0 for minus in negative])
            # A product with a sign is exact, so that it does not matter whether this is fused.
            return self.builder.call(self._multiply_add(), [value, signs, base])
        plus, minus = self.add(base, value), self.subtract(base, value)
        chosen = [lane + self.lanes * negative[lane] for lane in range(self.lanes)]
        return self._shuffle(plus, minus, chosen)

    def _multiply_add(self) -> Any:
        # llvmlite knows no names of intrinsics on vectors.
        name = f"llvm.fmuladd.v{self.lanes}f{self.kind.dtype.bitwidth}"
        kind = ir.FunctionType(self.type, [self.type] * 3)
        return self.builder.module.globals.get(name) or ir.Function(self.builder.module, kind, name)

    def _shuffle(self, a: Any, b: Any, lanes: list[int]) -> Any:
        mask = ir.Constant(ir.VectorType(ir.IntType(32), len(lanes)), lanes)
        return self.builder.shuffle_vector(a, b, mask)


def _joiner(count: int) -> Callable[..., None]:
    def join(typing_context: Any, out: Any, start: Any, stride: Any) -> Any:
        del typing_context

        def write(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            array, first, step = arguments
            vectors = Vectors(context, builder, signature.args[0])
            at = [builder.add(first, builder.mul(step, step.type(k))) for k in range(count)]
            places = [vectors.place(array, index) for index in at]
            for value, pointer in zip(vectors.across([*map(vectors.load, places)]), places, strict=True):
                vectors.store(value, pointer)
            return context.get_dummy_value()

        return numba.types.void(out, start, stride), write

    return intrinsic(join)


# ``join(out, start, stride)`` transforms the 4, 8 or 16 vectors at start, start + stride, .. of ``out`` in place.
join_4, join_8, join_16 = map(_joiner, (4, 8, 16))


@intrinsic
def transform_block(typing_context: Any, source: Any, out: Any, start: Any) -> Any:
    """The transform of one block of ``source``, written to the same place of ``out``.

    A block is what eight vectors hold: see :func:`block_bits`.
    """
    del typing_context

    def write(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        given, array, first = arguments
        read, kept = (Vectors(context, builder, kind) for kind in signature.args[:2])
        at = [builder.add(first, first.type(k * kept.lanes)) for k in range(REGISTERS)]
        values = kept.across([read.load(read.place(given, index)) for index in at])
        for value, index in zip(values, at, strict=True):
            kept.store(kept.within(value), kept.place(array, index))
        return context.get_dummy_value()

    return numba.types.void(source, out, start), write


def block_bits(item_bytes: int) -> int:
    """The logarithm of the length of a block."""
    return (REGISTERS * BYTES // item_bytes).bit_length() - 1
