"""Text in any language: fonts that have its characters, and where it goes on a page."""

import io
from functools import cache

import pymupdf_fonts
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

PLAIN, BOLD = "NotoSans", "NotoSansBold"
EAST_ASIAN = ("HeiseiKakuGo-W5", "STSong-Light", "HYGothic-Medium")
"""Fonts for Japanese, Chinese and Korean that readers of PDF have of their own, in the order of trying them."""

SIZE, LEADING, LINES_MAX = 10, 16, 2
UNKNOWN = "\N{WHITE SQUARE}"
"""What is printed for a character that no font has."""


@cache
def load_fonts() -> None:
    """Make the fonts known to the library, once in each process."""
    for name, short in ((PLAIN, "notos"), (BOLD, "notosbo")):
        pdfmetrics.registerFont(TTFont(name, io.BytesIO(pymupdf_fonts.myfont(short))))
    for name in EAST_ASIAN:
        pdfmetrics.registerFont(UnicodeCIDFont(name))


def write_wrapped(canvas: Canvas, x: float, y: float, text: str, width: float) -> float:
    """Write a text in up to a few lines, cut where it is longer, and answer where the next line goes."""
    line, lines = "", []
    for character in text:
        if line and width_of(line + character, PLAIN, SIZE) > width:
            lines.append(line)
            line = ""
        line += character
    lines.append(line)
    if len(lines) > LINES_MAX:
        lines = [*lines[: LINES_MAX - 1], f"{lines[LINES_MAX - 1][:-1]}…"]
    for one in lines:
        write(canvas, x, y, one)
        y -= LEADING
    return y


def write(canvas: Canvas, x: float, y: float, text: str, font: str = PLAIN, *, size: int = SIZE) -> None:
    """Write a text that begins at ``x``, in points."""
    for name, run in _runs(text, font):
        canvas.setFont(name, size)
        canvas.drawString(x, y, run)
        x += pdfmetrics.stringWidth(run, name, size)


def write_right(canvas: Canvas, right: float, y: float, text: str, font: str = PLAIN) -> None:
    """Write a text that ends at ``right``."""
    write(canvas, right - width_of(text, font, SIZE), y, text, font)


def width_of(text: str, font: str, size: int) -> float:
    """Answer how wide a text is, in points."""
    return float(sum(pdfmetrics.stringWidth(run, name, size) for name, run in _runs(text, font)))


def _runs(text: str, font: str) -> list[tuple[str, str]]:
    """Answer the text in parts that one font can print each."""
    runs: list[tuple[str, str]] = []
    for character in text:
        name, shown = _font_of(character, font)
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + shown)
        else:
            runs.append((name, shown))
    return runs


@cache
def _glyphs(font: str) -> frozenset[int]:
    known = pdfmetrics.getFont(font)
    return frozenset(known.face.charToGlyph) if isinstance(known, TTFont) else frozenset()


@cache
def _font_of(character: str, font: str) -> tuple[str, str]:
    """Answer the font that has the character, and what to print of it."""
    glyphs = _glyphs(font)
    if ord(character) in glyphs:
        return font, character
    for name, encoding in zip(EAST_ASIAN, ("shift_jis", "gb2312", "euc_kr"), strict=True):
        try:
            character.encode(encoding)
        except UnicodeEncodeError:
            continue
        return name, character
    return font, UNKNOWN if ord(UNKNOWN) in glyphs else "?"
