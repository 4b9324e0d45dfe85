#!/usr/bin/env python3
"""What ONNX Runtime in Python finds in frames of real clips, with models of every layout that lvaonnx reads.

Writes models (random weights of a fixed seed), frames and what was found in them to a directory, from which ReferenceIT reads:

    python3 reference.py DIRECTORY CLIP...           # frames of video clips, decoded by ffmpeg
    mvn -B verify -pl camel-lva-onnx -am -Dit.test=ReferenceIT -Dreference=DIRECTORY

Needs numpy, onnx, onnxruntime and opencv-python-headless (by pip), and ffmpeg.
"""
import json
import pathlib
import subprocess
import sys

import cv2
import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

CLASSES = ["person", "car", "dog", "bottle", "bird"]
CONFIDENCE, IOU, MOST = 0.25, 0.45, 100
FRAMES_OF_A_CLIP = 70


class Graph:
    """A small network of convolutions with random weights, the same in every run."""

    def __init__(self, name, width, height, half=False, dynamic=False):
        self.random = np.random.default_rng(sum(name.encode()))
        self.name, self.width, self.height, self.half, self.dynamic = name, width, height, half, dynamic
        self.nodes, self.constants = [], []

    def constant(self, values):
        values = np.asarray(values)
        if values.dtype == np.float64:
            values = values.astype(np.float16 if self.half else np.float32)
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(values, name))
        return name

    def node(self, operator, *inputs, **attributes):
        output = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [output], **attributes))
        return output

    def convolution(self, source, channels_in, channels_out, stride, kernel=3, scale=1.0, bias=0.0):
        deviation = scale * np.sqrt(2 / (channels_in * kernel * kernel))
        weights = self.random.normal(0, deviation, (channels_out, channels_in, kernel, kernel))
        biases = self.random.normal(0, 0.1, channels_out) + bias
        return self.node("Conv", source, self.constant(weights), self.constant(biases), strides=[stride, stride],
                         pads=[kernel // 2] * 4)

    def features(self, scale=1.0):
        """Of three strides: 8, 16 and 32."""
        source = self.node("Mul", "images", self.constant(scale)) if scale != 1.0 else "images"
        channels, levels = 3, []
        for level, more in enumerate([8, 12, 16, 16, 16]):
            source = self.node("LeakyRelu", self.convolution(source, channels, more, 2), alpha=0.1)
            channels = more
            if level >= 2:
                levels.append((source, channels, 2 ** (level + 1)))
        return levels

    def save(self, path, output, shape, metadata):
        number = TensorProto.FLOAT16 if self.half else TensorProto.FLOAT
        size = ["height", "width"] if self.dynamic else [self.height, self.width]
        self.nodes.append(helper.make_node("Identity", [output], ["output0"]))
        graph = helper.make_graph(
            self.nodes, self.name, [helper.make_tensor_value_info("images", number, [1, 3] + size)],
            [helper.make_tensor_value_info("output0", number, shape)], self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        helper.set_model_props(model, metadata)
        onnx.checker.check_model(model)
        onnx.save(model, path)


def names():
    return str(dict(enumerate(CLASSES)))


def grid(width, height, stride):
    x, y = np.meshgrid(np.arange(width // stride), np.arange(height // stride))
    return np.stack([x, y]).reshape(1, 2, -1).astype(np.float64)


def heads(graph, levels, per_cell, bias, decode):
    """For each level [1, per_cell, cells], decoded, all beside each other."""
    parts = []
    for source, channels, stride in levels:
        raw = graph.convolution(source, channels, per_cell, 1, kernel=1, scale=1.5, bias=bias)
        cells = (graph.width // stride) * (graph.height // stride)
        flat = graph.node("Reshape", raw, graph.constant(np.array([1, per_cell, cells], np.int64)))
        parts.append(decode(flat, stride))
    return graph.node("Concat", *parts, axis=2) if len(parts) > 1 else parts[0]


def split(graph, flat, sizes):
    names_of_parts = [f"s{len(graph.nodes)}_{i}" for i in range(len(sizes))]
    graph.nodes.append(helper.make_node("Split", [flat, graph.constant(np.array(sizes, np.int64))], names_of_parts, axis=1))
    return names_of_parts


def pixels(graph, centre, size, stride):
    """Centres and sizes in pixels of the input."""
    where = graph.node("Mul", graph.node("Add", graph.node("Sigmoid", centre),
                                         graph.constant(grid(graph.width, graph.height, stride))), graph.constant(float(stride)))
    extent = graph.node("Mul", graph.node("Sigmoid", size), graph.constant(6.0 * stride))
    return where, extent


def yolov8(graph, levels, bias=-2.2):
    def decode(flat, stride):
        centre, size, classes = split(graph, flat, [2, 2, len(CLASSES)])
        where, extent = pixels(graph, centre, size, stride)
        return graph.node("Concat", where, extent, graph.node("Sigmoid", classes), axis=1)
    return heads(graph, levels, 4 + len(CLASSES), bias, decode)


def rows(graph, columns):
    return graph.node("Transpose", columns, perm=[0, 2, 1])


def make_yolov8(graph):
    found = yolov8(graph, graph.features())
    return found, [1, 4 + len(CLASSES), "n" if graph.dynamic else cells(graph)]


def make_yolov5(graph):
    def decode(flat, stride):
        anchors = []
        for anchor in split(graph, flat, [5 + len(CLASSES)] * 3):
            centre, size, rest = split(graph, anchor, [2, 2, 1 + len(CLASSES)])
            where, extent = pixels(graph, centre, size, stride)
            anchors.append(graph.node("Concat", where, extent, graph.node("Sigmoid", rest), axis=1))
        return graph.node("Concat", *anchors, axis=2)
    found = heads(graph, graph.features(), 3 * (5 + len(CLASSES)), -0.3, decode)
    return rows(graph, found), [1, 3 * cells(graph), 5 + len(CLASSES)]


def make_yolox(graph):
    def decode(flat, stride):
        box, rest = split(graph, flat, [4, 1 + len(CLASSES)])
        return graph.node("Concat", box, graph.node("Sigmoid", rest), axis=1)
    found = heads(graph, graph.features(1 / 255), 5 + len(CLASSES), -0.3, decode)
    return rows(graph, found), [1, cells(graph), 5 + len(CLASSES)]


def make_end_to_end(graph):
    """The hundred best of YOLOv8's, as corners, score and class."""
    box, classes = split(graph, yolov8(graph, graph.features()), [4, len(CLASSES)])
    best = graph.node("ReduceMax", classes, axes=[1], keepdims=1)
    label = graph.node("Cast", graph.node("ArgMax", classes, axis=1, keepdims=1), to=TensorProto.FLOAT)
    centre, size = split(graph, box, [2, 2])
    half = graph.node("Mul", size, graph.constant(0.5))
    corners = graph.node("Concat", graph.node("Sub", centre, half), graph.node("Add", centre, half), best, label, axis=1)
    top, order = f"t{len(graph.nodes)}", f"o{len(graph.nodes)}"
    graph.nodes.append(helper.make_node("TopK", [best, graph.constant(np.array([100], np.int64))], [top, order], axis=2))
    chosen = graph.node("Gather", corners, graph.node("Squeeze", order, graph.constant(np.array([0, 1], np.int64))), axis=2)
    return rows(graph, chosen), [1, 100, 6]


def make_classifier(graph):
    source, channels, _ = graph.features()[-1]
    pooled = graph.node("Flatten", graph.node("GlobalAveragePool", source))
    weights = graph.constant(graph.random.normal(0, 2, (channels, len(CLASSES))))
    return graph.node("MatMul", pooled, weights), [1, len(CLASSES)]


def cells(graph):
    return sum((graph.width // s) * (graph.height // s) for s in (8, 16, 32))


def make_models(directory, size):
    """Each with the options of lvaonnx that it needs."""
    width, height = size
    detect, classify = {"task": "detect", "names": names()}, {"task": "classify", "names": names()}
    kinds = [
        ("yolov8", make_yolov8, {}, detect, {}),
        ("yolov8-half", make_yolov8, {"half": True}, detect, {}),
        ("yolov8-dynamic", make_yolov8, {"dynamic": True}, detect, {"inputSize": f"{width}x{height}"}),
        ("yolov8-filtered", make_yolov8, {}, {}, {"labels": ",".join(CLASSES), "classes": "person,bottle", "confidence": "0.3",
                                                  "iou": "0.6", "maxDetections": "20"}),
        ("yolov5", make_yolov5, {}, {"names": names()}, {}),
        ("yolox", make_yolox, {}, {"names": names()}, {"layout": "yolox"}),
        ("end-to-end", make_end_to_end, {}, detect, {}),
        ("classifier", make_classifier, {}, classify, {"confidence": "0.01"}),
        ("classifier-imagenet", make_classifier, {}, {"names": str(CLASSES)}, {"pixelValues": "imagenet", "confidence": "0.01"})]
    for name, make, variant, metadata, options in kinds:
        graph = Graph(name, width, height, **variant)
        output, shape = make(graph)
        graph.save(directory / f"{name}.onnx", output, shape, metadata)
        yield name, options


def letterbox(frame, width, height, centred=True):
    ratio = min(width / frame.shape[1], height / frame.shape[0])
    inner = (round(frame.shape[1] * ratio), round(frame.shape[0] * ratio))
    scaled = frame if inner == frame.shape[1::-1] else cv2.resize(frame, inner, interpolation=cv2.INTER_LINEAR)
    left = (width - inner[0]) // 2 if centred else 0
    top = (height - inner[1]) // 2 if centred else 0
    canvas = np.full((height, width, 3), 114, np.uint8)
    canvas[top:top + inner[1], left:left + inner[0]] = scaled
    return canvas, (left, top, inner[0], inner[1])


def middle(frame, width, height):
    rows_, columns = frame.shape[:2]
    wide, high = min(columns, rows_ * width // height), min(rows_, columns * height // width)
    left, top = (columns - wide) // 2, (rows_ - high) // 2
    return cv2.resize(np.ascontiguousarray(frame[top:top + high, left:left + wide]), (width, height),
                      interpolation=cv2.INTER_LINEAR)


def suppress(boxes, scores, labels, iou, most):
    """Non-maximum suppression for each class by itself."""
    kept = []
    for i in np.argsort(-scores, kind="stable")[:3000]:
        if len(kept) == most:
            break
        if not any(labels[k] == labels[i] and overlap(boxes[k], boxes[i]) > iou for k in kept):
            kept.append(i)
    return kept


def overlap(one, other):
    shared = max(0, min(one[2], other[2]) - max(one[0], other[0])) * max(0, min(one[3], other[3]) - max(one[1], other[1]))
    both = (one[2] - one[0]) * (one[3] - one[1]) + (other[2] - other[0]) * (other[3] - other[1]) - shared
    return shared / both if both > 0 else 0


def candidates(name, output, width, height):
    """Corners, scores and classes of every row."""
    if name == "end-to-end":
        return output[0, :, :4], output[0, :, 4], output[0, :, 5].astype(int)
    if name.startswith("yolov8"):
        found = output[0].T
        centre, size, scores = found[:, :2], found[:, 2:4], found[:, 4:]
    else:
        found = output[0].copy()
        if name == "yolox":
            at = np.concatenate([grid(width, height, s)[0].T for s in (8, 16, 32)])
            stride = np.concatenate([np.full(((width // s) * (height // s), 1), s) for s in (8, 16, 32)])
            found[:, :2] = (found[:, :2] + at) * stride
            found[:, 2:4] = np.exp(found[:, 2:4]) * stride
        centre, size, scores = found[:, :2], found[:, 2:4], found[:, 5:] * found[:, 4:5]
    return np.concatenate([centre - size / 2, centre + size / 2], 1), scores.max(1), scores.argmax(1)


def find(session, name, options, frame, size):
    """Label, confidence and, for objects, left, top, right and bottom in pixels of the frame."""
    width, height = size
    confidence = float(options.get("confidence", CONFIDENCE))
    if name.startswith("classifier"):
        picture = middle(frame, width, height) / 255
        if options.get("pixelValues") == "imagenet":
            picture = (picture - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]
    elif name == "yolox":
        picture, place = letterbox(frame[:, :, ::-1], width, height, centred=False)
    else:
        picture, place = letterbox(frame, width, height)
        picture = picture / np.float32(255)
    number = np.float16 if "half" in name else np.float32
    output = session.run(None, {"images": np.ascontiguousarray(picture.transpose(2, 0, 1)[None].astype(number))})[0]
    output = output.astype(np.float32)
    if name.startswith("classifier"):
        powers = np.exp(output[0] - output[0].max())
        scores = powers / powers.sum()
        return [[CLASSES[i], float(scores[i])] for i in np.argsort(-scores, kind="stable") if scores[i] >= confidence]
    boxes, scores, labels = candidates(name, output, width, height)
    wanted = [CLASSES.index(label) for label in options.get("classes", ",".join(CLASSES)).split(",")]
    chosen = (scores >= confidence) & np.isin(labels, wanted)
    boxes, scores, labels = boxes[chosen], scores[chosen], labels[chosen]
    most = int(options.get("maxDetections", MOST))
    kept = (np.argsort(-scores, kind="stable")[:most] if name == "end-to-end"
            else suppress(boxes, scores, labels, float(options.get("iou", IOU)), most))
    left, top, inner_width, inner_height = place
    found = []
    for i in kept:
        corners = (boxes[i] - [left, top, left, top]) * np.tile([frame.shape[1] / inner_width, frame.shape[0] / inner_height], 2)
        corners = np.clip(corners, 0, [frame.shape[1], frame.shape[0]] * 2)
        if corners[2] > corners[0] and corners[3] > corners[1]:
            found.append([CLASSES[labels[i]], float(scores[i])] + [round(float(c), 3) for c in corners])
    return found


def frames_of(clip, count, scale):
    """Spread over the clip."""
    probe = ["ffprobe", "-v", "error", "-count_packets", "-select_streams", "v:0", "-show_entries",
             "stream=width,height,nb_read_packets", "-of", "csv=p=0", str(clip)]
    width, height, packets = map(int, subprocess.check_output(probe, text=True).split()[0].strip(",").split(",")[:3])
    every = max(1, packets // count)
    if scale:
        width, height = scale
    decode = ["ffmpeg", "-v", "error", "-i", str(clip), "-vf", f"select=not(mod(n\\,{every})),scale={width}:{height}",
              "-fps_mode", "passthrough", "-frames:v", str(count), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    data = subprocess.check_output(decode)
    return list(np.frombuffer(data, np.uint8).reshape(-1, height, width, 3))


def main(directory, clips, size=(416, 416), count=FRAMES_OF_A_CLIP, scale=None):
    directory = pathlib.Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    models = list(make_models(directory, size))
    frames = []
    for clip in map(pathlib.Path, clips):
        for i, frame in enumerate(frames_of(clip, count, scale)):
            name = f"{clip.stem}-{i}.{'png' if scale else 'rgb'}"
            if scale:
                cv2.imwrite(str(directory / name), frame[:, :, ::-1])
            else:
                (directory / name).write_bytes(frame.tobytes())
            frames.append((name, frame))
    results = []
    for name, options in models:
        session = onnxruntime.InferenceSession(directory / f"{name}.onnx", providers=["CPUExecutionProvider"])
        found = {file: find(session, name, options, frame, size) for file, frame in frames}
        results.append({"model": name, "options": options, "found": found})
        print(f"{name}: {sum(map(len, found.values()))} in {len(frames)} frames", flush=True)
    sizes = {name: [frame.shape[1], frame.shape[0]] for name, frame in frames}
    (directory / "reference.json").write_text(json.dumps({"frames": sizes, "models": results}))


if __name__ == "__main__":
    if sys.argv[1] == "--small":  # what is kept for the build: small pictures, few of them
        main(sys.argv[2], sys.argv[3:], size=(160, 128), count=1, scale=(200, 112))
    else:
        main(sys.argv[1], sys.argv[2:])
