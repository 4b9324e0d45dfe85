#!/usr/bin/env python3
"""Writes the models of the benchmark: an output as YOLO11 has it with 80 classes, at no cost, whatever is seen.

    python3 benchmark_models.py ../../../../examples/benchmark/src/main/resources/models

Candidates lie on a line, with scores that look random. ONNX Runtime computes all of it when the model is loaded.
"""
import pathlib
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

CANDIDATES, CLASSES, SIDE = 8400, 80, 640


def model(objects):
    """So many of the candidates are sure."""
    constants = {
        "start": np.float32(0), "limit": np.float32(CANDIDATES), "step": np.float32(1), "one": np.float32(1),
        "golden": np.float32(0.6180339887), "shape": np.array([1, 1, CANDIDATES], np.int64),
        "least": np.float32(1 - objects / CANDIDATES), "unsure": np.float32(0.1), "sure": np.float32(0.9),
        "sizes": np.array([600, 320, 30, 30], np.float32).reshape(1, 4, 1),
        "offsets": np.array([20, 160, 20, 20], np.float32).reshape(1, 4, 1),
        "classes": np.linspace(1, 0.5, CLASSES, dtype=np.float32).reshape(1, CLASSES, 1)}
    node = helper.make_node
    nodes = [
        node("Range", ["start", "limit", "step"], ["numbers"]), node("Mul", ["numbers", "golden"], ["far"]),
        node("Mod", ["far", "one"], ["line"], fmod=1), node("Reshape", ["line", "shape"], ["random"]),
        node("Greater", ["random", "least"], ["chosen"]),
        node("Where", ["chosen", "sure", "unsure"], ["factor"]), node("Mul", ["random", "factor"], ["score"]),
        node("Mul", ["random", "sizes"], ["scaled"]), node("Add", ["scaled", "offsets"], ["boxes"]),
        node("Mul", ["score", "classes"], ["scores"]), node("Concat", ["boxes", "scores"], ["output0"], axis=1)]
    graph = helper.make_graph(
        nodes, "benchmark", [helper.make_tensor_value_info("images", TensorProto.FLOAT, [1, 3, SIDE, SIDE])],
        [helper.make_tensor_value_info("output0", TensorProto.FLOAT, [1, 4 + CLASSES, CANDIDATES])],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    helper.set_model_props(made, {"task": "detect", "names": str({i: f"class {i}" for i in range(CLASSES)})})
    onnx.checker.check_model(made)
    return made


if __name__ == "__main__":
    directory = pathlib.Path(sys.argv[1])
    onnx.save(model(100), directory / "objects-100.onnx")
    onnx.save(model(CANDIDATES), directory / "objects-8400.onnx")
