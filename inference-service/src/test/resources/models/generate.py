"""Makes the models of this folder, and what PyTorch and the formulas answer for them (expected.json).

/usr/bin/python3 generate.py    (Debian: python3-torch 1.13, python3-onnx 1.12)
"""
import json
import os

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from onnx.external_data_helper import set_external_data
from torch import nn
from torch.onnx import TrainingMode

os.chdir(os.path.dirname(os.path.abspath(__file__)))
PASSES = 20_000
ROWS = 3
expected = {}


class Mlp(nn.Module):
    """4 -> 8 -> 3, BatchNorm and Dropout between, probabilities."""

    def __init__(self):
        super().__init__()
        # A momentum of 0 keeps the running statistics as they are while the export traces in training mode.
        self.body = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8, momentum=0.0), nn.ReLU(), nn.Dropout(0.3),
                                  nn.Linear(8, 3), nn.Softmax(dim=1))
        self.shape = (4,)

    def forward(self, x):
        return self.body(x)


class Cnn(nn.Module):
    """1 x 6 x 6 through a convolution with BatchNorm, pooling, Dropout on the images and before the last layer."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2, momentum=0.0), nn.ReLU(), nn.MaxPool2d(2),
                                  nn.Dropout(0.25), nn.Flatten(), nn.Linear(8, 6), nn.Tanh(), nn.Dropout(0.5),
                                  nn.Linear(6, 3), nn.Softmax(dim=1))
        self.shape = (1, 6, 6)

    def forward(self, x):
        return self.body(x)


def seeded(kind):
    torch.manual_seed(7)
    model = kind()
    for module in model.modules():
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
            module.running_mean.normal_()
            module.running_var.uniform_(0.5, 2.0)
            nn.init.normal_(module.weight)
            nn.init.normal_(module.bias)
    return model


def with_live_dropout(model):
    model.eval()
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.train()
    return model


def answers(model, x):
    """The deterministic answer, and mean and variance over many passes with Dropout alone in training mode."""
    with torch.no_grad():
        plain = model.eval()(x)
        live = with_live_dropout(model)
        many = x.repeat_interleave(PASSES, dim=0)
        passes = live(many).double().reshape(ROWS, PASSES, -1)
    return {"input": flat(x), "shape": list(x.shape), "plain": flat(plain), "passes": PASSES,
            "mean": flat(passes.mean(1)), "variance": flat(passes.var(1))}


def flat(values):
    return [float(value) for value in np.asarray(values).reshape(-1)]


def pytorch(name, kind, opset, training):
    model = seeded(kind)
    x = torch.randn(ROWS, *model.shape)
    with_live_dropout(model) if training == TrainingMode.PRESERVE else model.train()
    torch.onnx.export(model, x, name + ".onnx", opset_version=opset, training=training, do_constant_folding=False,
                      input_names=["input"], output_names=["y"],
                      dynamic_axes={"input": {0: "rows"}, "y": {0: "rows"}})
    entry = answers(model, x)
    if training == TrainingMode.EVAL:
        del entry["mean"], entry["variance"], entry["passes"]
    expected[name] = entry


def floats(name, values, shape, data_type=TensorProto.FLOAT):
    return helper.make_tensor(name, data_type, shape, values)


def linear(name, opset, ratio="input", training="initializer", value=True, p=0.25, sampled=True, ratio_type=TensorProto.FLOAT):
    """y = w . dropout(x), so that E[y] = w . x and Var[y] = p / (1 - p) sum (w x)^2."""
    weights = [1.0, -2.0, 3.0, 0.5]
    initializers = [floats("weights", weights, [4, 1])]
    inputs = [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["rows", 4])]
    nodes, given, attributes = [], ["input"], {}
    if ratio == "attribute":
        attributes["ratio"] = p
    elif ratio == "input":
        initializers.append(floats("ratio", [p], [], ratio_type))
        given.append("ratio")
    elif ratio == "computed":
        inputs.append(helper.make_tensor_value_info("ratio", TensorProto.FLOAT, []))
        given.append("ratio")
    switch = helper.make_tensor("switch", TensorProto.BOOL, [], [value])
    if training != "absent":
        given.append("switch")
    if training == "initializer":
        initializers.append(switch)
    elif training == "constant":
        nodes.append(helper.make_node("Constant", [], ["switch"], value=switch))
    elif training in ("graph input", "graph input with default"):
        inputs.append(helper.make_tensor_value_info("switch", TensorProto.BOOL, []))
        if training == "graph input with default":
            initializers.append(switch)
    nodes += [helper.make_node("Dropout", given, ["thin", "mask"], **attributes),
              helper.make_node("MatMul", ["thin", "weights"], ["y"])]
    save(name, nodes, inputs, initializers, opset)
    x = np.arange(1, 4 * ROWS + 1, dtype=np.float32).reshape(ROWS, 4) / 4
    products = x * np.array(weights)
    expected[name] = {"input": flat(x), "shape": [ROWS, 4], "plain": flat(products.sum(1))}
    if sampled:
        expected[name].update(mean=flat(products.sum(1)), variance=flat((products ** 2).sum(1) * p / (1 - p)))


def save(name, nodes, inputs, initializers, opset, functions=(), imports=()):
    graph = helper.make_graph(nodes, "linear", inputs,
                              [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["rows", 1])], initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset), *imports], functions=functions)
    model.ir_version = 8 if opset < 19 else 10
    onnx.save(model, name + ".onnx")


def hostile():
    """Models that reach out of their file, or are none."""
    x = [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["rows", 1])]
    multiply = helper.make_node("Mul", ["input", "weights"], ["y"])
    for name, place in [("beside", "weights.bin"), ("outside", "/etc/hostname"), ("traversal", "../../../etc/hostname")]:
        outside = helper.make_tensor("weights", TensorProto.FLOAT, [1], np.float32([1]).tobytes(), raw=True)
        set_external_data(outside, place)
        outside.ClearField("raw_data")
        save("hostile-external-" + name, [multiply], x, [outside], 17)
        constant = helper.make_node("Constant", [], ["weights"], value=outside)
        save("hostile-external-" + name + "-constant", [constant, multiply], x, [], 17)
    functions = [helper.make_function("local", "Weigh", ["a"], ["b"],
                                      [constant, helper.make_node("Mul", ["a", "weights"], ["b"])],
                                      [helper.make_opsetid("", 17)])]
    call = helper.make_node("Weigh", ["input"], ["y"], domain="local")
    save("hostile-external-function", [call], x, [], 17, functions, [helper.make_opsetid("local", 1)])
    sparse = helper.make_sparse_tensor(outside, helper.make_tensor("at", TensorProto.INT64, [1], [0]), [1])
    save("hostile-external-sparse", [helper.make_node("Constant", [], ["weights"], sparse_value=sparse), multiply], x, [], 17)
    custom = helper.make_node("Frobnicate", ["input"], ["y"], domain="com.example")
    save("hostile-custom", [custom], x, [], 17, imports=[helper.make_opsetid("com.example", 1)])
    inner = helper.make_function("local", "Hidden", ["a"], ["b"],
                                 [helper.make_node("Frobnicate", ["a"], ["b"], domain="com.example")],
                                 [helper.make_opsetid("com.example", 1)])
    save("hostile-custom-function", [helper.make_node("Hidden", ["input"], ["y"], domain="local")], x, [], 17, [inner],
         [helper.make_opsetid("local", 1), helper.make_opsetid("com.example", 1)])


for opset in range(9, 18):
    pytorch(f"torch-mlp-training-{opset}", Mlp, opset, TrainingMode.TRAINING)
for opset in (9, 12, 14, 17):
    pytorch(f"torch-cnn-training-{opset}", Cnn, opset, TrainingMode.TRAINING)
    pytorch(f"torch-cnn-preserve-{opset}", Cnn, opset, TrainingMode.PRESERVE)
pytorch("torch-mlp-deleted-17", Mlp, 17, TrainingMode.EVAL)

for opset in (7, 10):
    linear(f"onnx-attribute-{opset}", opset, ratio="attribute", training="absent")
linear("onnx-attribute-default-7", 7, ratio="absent", training="absent", p=0.5)
for opset in (12, 13, 17, 18, 21, 22):
    linear(f"onnx-initializer-{opset}", opset)
for opset in (12, 13):
    linear(f"onnx-constant-true-{opset}", opset, training="constant")
    linear(f"onnx-constant-false-{opset}", opset, training="constant", value=False, sampled=False)
    linear(f"onnx-absent-{opset}", opset, training="absent", sampled=False)
    linear(f"onnx-graph-input-{opset}", opset, training="graph input")
linear("onnx-initializer-false-13", 13, value=False, sampled=False)
linear("onnx-graph-input-default-13", 13, training="graph input with default", value=True)
linear("onnx-ratio-double-13", 13, ratio_type=TensorProto.DOUBLE)
linear("onnx-ratio-half-13", 13, ratio_type=TensorProto.FLOAT16)
linear("onnx-ratio-computed-13", 13, ratio="computed", sampled=False)
hostile()
with open("expected.json", "w") as file:
    json.dump(expected, file, indent=1)
    file.write("\n")
