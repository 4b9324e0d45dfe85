#!/usr/bin/env python3
"""Draws the pictures of docs/protocol.md: python3 docs/images/protocol.py"""
from html import escape
from pathlib import Path

HERE = Path(__file__).parent
STYLE = """<style>
text { font: 14px system-ui, "Segoe UI", Roboto, sans-serif; fill: #1c2430 }
.small { font-size: 12.5px; fill: #4c5868 } .head { font-weight: 650; font-size: 15px } .rule { font: 12px ui-monospace, monospace; fill: #2457d6 }
.box { fill: #eef3ff; stroke: #2457d6 } .life { stroke: #9aa5b4; stroke-dasharray: 4 4 } .page { fill: #fff }
.to { stroke: #2457d6; stroke-width: 1.6; fill: none } .back { stroke: #12805c; stroke-width: 1.6; fill: none }
.tip { fill: #2457d6 } .backtip { fill: #12805c } .note { fill: #fdf3e0; stroke: #d9a441 } .end { fill: #e3f5ee; stroke: #12805c }
@media (prefers-color-scheme: dark) { .page { fill: #12161c } text { fill: #e6eaf0 } .small { fill: #a5b0bf } .rule { fill: #7ba2ff }
.box { fill: #1d2940; stroke: #7ba2ff } .note { fill: #38290f; stroke: #f0b24a } .end { fill: #14332a; stroke: #4fd1a1 }
.to { stroke: #7ba2ff } .tip { fill: #7ba2ff } .back { stroke: #4fd1a1 } .backtip { fill: #4fd1a1 } }
</style>
<defs><marker id="to" markerWidth="9" markerHeight="9" refX="8" refY="4" orient="auto"><path class="tip" d="M0 0 8 4 0 8z"/></marker>
<marker id="back" markerWidth="9" markerHeight="9" refX="8" refY="4" orient="auto"><path class="backtip" d="M0 0 8 4 0 8z"/></marker></defs>"""


def svg(name, title, width, height, parts):
    body = "\n".join(parts)
    (HERE / name).write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
                             f'aria-label="{escape(title)}">\n{STYLE}\n<rect class="page" width="{width}" height="{height}" rx="10"/>\n'
                             f'{body}\n</svg>\n')


def text(x, y, words, kind="", anchor="middle"):
    return f'<text x="{x}" y="{y}" class="{kind}" text-anchor="{anchor}">{escape(words)}</text>'


def sequence(name, title, steps):
    """Steps: (">" or "<", words, rules) for messages, ("-", words, rules) for notes."""
    left, right, width = 150, 610, 760
    height = 90 + 46 * len(steps)
    parts = [f'<line class="life" x1="{x}" x2="{x}" y1="52" y2="{height - 14}"/>' for x in (left, right)]
    for x, party in ((left, "node"), (right, "extension")):
        parts += [f'<rect class="box" x="{x - 60}" y="18" width="120" height="34" rx="8"/>', text(x, 40, party, "head")]
    y = 88
    for kind, words, rules in steps:
        if kind == "-":
            parts += [f'<rect class="note" x="{left + 30}" y="{y - 20}" width="{right - left - 60}" height="30" rx="6"/>',
                      text((left + right) / 2, y, words, "small")]
        else:
            start, stop, way = (left, right, "to") if kind == ">" else (right, left, "back")
            parts += [f'<line class="{way}" x1="{start}" y1="{y + 6}" x2="{stop}" y2="{y + 6}" marker-end="url(#{way})"/>',
                      text((left + right) / 2, y - 2, words)]
        parts.append(text(right + 14, y + 10, rules, "rule", "start"))
        y += 46
    svg(name, title, width, height, parts)


def states(name, title, width, height, boxes, arrows):
    """Boxes: id -> (x, y, words, second line, class). Arrows: (path, class, label x, label y, label)."""
    parts = []
    for path, label_x, label_y, label, rules in arrows:
        anchor = "start" if path.startswith("M450 97") else "middle"
        parts += [f'<path class="to" d="{path}" marker-end="url(#to)"/>', text(label_x, label_y, label, "small", anchor),
                  text(label_x, label_y + 16, rules, "rule", anchor)]
    for x, y, words, second, kind in boxes:
        parts += [f'<rect class="{kind}" x="{x - 92}" y="{y - 27}" width="184" height="54" rx="10"/>', text(x, y - 3, words, "head"),
                  text(x, y + 16, second, "small")]
    svg(name, title, width, height, parts)


sequence("protocol-session.svg", "A session with embedded frames", [
    (">", "number 1, descriptor: graph, format, timescale", "HS-1, HS-2"),
    ("<", "number 1, ack 1, descriptor: identifier, timescale", "HS-3, HS-4"),
    ("-", "the node has waited for it; now it sends samples", "HS-6"),
    (">", "number 2, sample: timestamp, content_bytes", "EM-1, SN-1"),
    (">", "number 3, sample: two are in flight", "AK-8, CR-1"),
    ("<", "number 2, ack 2, media_sample: what was found", "AK-1, AK-3"),
    ("<", "number 3, ack 3, nothing else: not looked at", "AK-3, CR-3"),
    (">", "number 4, sample", ""),
    (">", "half-close: no more samples", "EN-1"),
    ("<", "number 4, ack 4, media_sample", "AK-1"),
    ("<", "status OK", "EN-1")])

sequence("protocol-shared-memory.svg", "Frames in shared memory", [
    ("-", "the node makes /dev/shm/camera-1", "SM-1, SM-8"),
    (">", "descriptor: shared memory 'camera-1' of 20 MiB", "SM-1"),
    ("-", "the extension opens it, for reading only", "SM-6, SM-7"),
    ("<", "ack 1, descriptor", "HS-3"),
    ("-", "the node writes frame A at offset 0", "SM-2"),
    (">", "number 2, content_reference: offset 0, length of A", "SM-2"),
    ("-", "the node writes frame B behind A: A is not acknowledged", "SM-3"),
    (">", "number 3, content_reference: behind A", ""),
    ("-", "the extension checks the bounds, and reads A", "SM-5, SM-6"),
    ("<", "ack 2: it will not read A again", "SM-4"),
    ("-", "the region of A is the node's: frame C may go there", "SM-3, EN-2")])

states("protocol-extension.svg", "States of a session at the extension", 900, 330, [
    (120, 70, "awaiting descriptor", "no sample is taken", "box"),
    (450, 70, "open", "samples come and go", "box"),
    (780, 70, "draining", "what came is answered", "box"),
    (450, 260, "ended", "regions are the node's", "end")], [
    ("M212 70 H356", 284, 50, "descriptor: answered", "HS-3"),
    ("M542 70 H686", 614, 50, "half-close, or it stops", "EN-1, EN-3"),
    ("M120 97 V260 H356", 232, 222, "no descriptor, bad format", "HS-12, HS-13"),
    ("M450 97 V231", 462, 150, "second descriptor, number not greater", "HS-8, SN-2"),
    ("M780 97 V260 H544", 676, 222, "all acknowledged", "AK-1, EN-1")])

states("protocol-node.svg", "States of a session at the node", 900, 330, [
    (120, 70, "opening", "samples are held back", "box"),
    (450, 70, "open", "a bounded number in flight", "box"),
    (780, 70, "finishing", "answers still come", "box"),
    (450, 260, "ended", "another one after a wait", "end")], [
    ("M212 70 H356", 284, 50, "the extension's descriptor", "HS-5, HS-6"),
    ("M542 70 H686", 614, 50, "no more samples: half-close", "EN-1"),
    ("M120 97 V260 H356", 232, 222, "no answer in time", "HS-9"),
    ("M450 97 V231", 462, 150, "the extension ends it: samples are lost", "EN-2, EN-4"),
    ("M780 97 V260 H544", 676, 222, "status, or cancel after a time", "EN-1, EN-5")])
