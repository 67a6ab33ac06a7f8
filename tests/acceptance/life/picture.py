"""Reads a QR code as a telephone does: from its picture, by a reader that has nothing to do with who drew it."""

import re
from xml.etree import ElementTree

import zxingcpp
from PIL import Image, ImageDraw

SVG = "{http://www.w3.org/2000/svg}"
DOT_PIXELS = 6


def read_qr(svg: str) -> str:
    """Answer the text of a QR code that is drawn by horizontal strokes, as SVG."""
    paths = ElementTree.fromstring(svg).iter(f"{SVG}path")
    ground, strokes = (one.attrib["d"] for one in paths)
    side = int(re.match(r"M0 0h(\d+)v", ground)[1])
    picture = Image.new("L", (side * DOT_PIXELS, side * DOT_PIXELS), "white")
    pen = ImageDraw.Draw(picture)
    x = y = 0.0
    for move, across, down, length in re.findall(r"([Mm])([-\d.]+) ?([-\d.]+)h(\d+)", strokes):
        x, y = (x + float(across), y + float(down)) if move == "m" else (float(across), float(down))
        corners = [round(one * DOT_PIXELS) for one in (x, y - 0.5, x + int(length), y + 0.5)]
        pen.rectangle((corners[0], corners[1], corners[2] - 1, corners[3] - 1), fill="black")
        x += int(length)
    [found] = zxingcpp.read_barcodes(picture)
    return found.text
