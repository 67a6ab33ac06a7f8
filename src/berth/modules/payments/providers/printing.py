"""Draws a receipt as a PDF of one page."""

import io
from functools import cache

import pymupdf_fonts
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from berth.modules.payments.domain.receipt import Receipt

PLAIN, BOLD = "NotoSans", "NotoSansBold"
EAST_ASIAN = ("HeiseiKakuGo-W5", "STSong-Light", "HYGothic-Medium")
"""Fonts for Japanese, Chinese and Korean that readers of PDF have of their own, in the order of trying them."""

SIZE, TITLE_SIZE, LEADING, MARGIN = 10, 18, 16, 56
LABEL_WIDTH = 130
ROWS_MAX, LINES_MAX = 25, 2
UNKNOWN = "\N{WHITE SQUARE}"


def pdf(receipt: Receipt) -> bytes:
    """Answer the receipt as a PDF; a character that no font has is printed as an empty square."""
    _fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, lang=receipt.language)
    canvas.setTitle(f"{receipt.title} {receipt.head[0][1]}")
    width, height = A4
    right, y = width - MARGIN, height - MARGIN
    _write(canvas, MARGIN, y, receipt.title, BOLD, size=TITLE_SIZE)
    y -= 2 * LEADING
    for label, value in receipt.head:
        _write(canvas, MARGIN, y, label, BOLD)
        y = _wrapped(canvas, MARGIN + LABEL_WIDTH, y, value, right - MARGIN - LABEL_WIDTH)
    y -= LEADING
    what, price, amount = receipt.columns
    middle = MARGIN + 0.45 * (right - MARGIN)
    _write(canvas, MARGIN, y, what, BOLD)
    _write(canvas, middle, y, price, BOLD)
    _write_right(canvas, right, y, amount, BOLD)
    y = _rule(canvas, y, right)
    for what, price, amount in receipt.rows[:ROWS_MAX]:
        _write(canvas, middle, y, price)
        _write_right(canvas, right, y, amount)
        y = _wrapped(canvas, MARGIN, y, what, middle - MARGIN - SIZE)
    if len(receipt.rows) > ROWS_MAX:
        _write(canvas, MARGIN, y, f"+ {len(receipt.rows) - ROWS_MAX}")
        y -= LEADING
    y = _rule(canvas, y + LEADING, right)
    for label, value in receipt.sums:
        _write(canvas, middle, y, label)
        _write_right(canvas, right, y, value, BOLD)
        y -= LEADING
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _rule(canvas: Canvas, y: float, right: float) -> float:
    canvas.line(MARGIN, y - 5, right, y - 5)
    return y - 1.25 * LEADING


@cache
def _fonts() -> None:
    """Make the fonts known to the library, once in each process."""
    for name, short in ((PLAIN, "notos"), (BOLD, "notosbo")):
        pdfmetrics.registerFont(TTFont(name, io.BytesIO(pymupdf_fonts.myfont(short))))
    for name in EAST_ASIAN:
        pdfmetrics.registerFont(UnicodeCIDFont(name))


def _wrapped(canvas: Canvas, x: float, y: float, text: str, width: float) -> float:
    """Write a text in up to a few lines, cut where it is longer, and answer where the next line goes."""
    line, lines = "", []
    for character in text:
        if line and _width(line + character, PLAIN, SIZE) > width:
            lines.append(line)
            line = ""
        line += character
    lines.append(line)
    if len(lines) > LINES_MAX:
        lines = [*lines[: LINES_MAX - 1], f"{lines[LINES_MAX - 1][:-1]}…"]
    for one in lines:
        _write(canvas, x, y, one)
        y -= LEADING
    return y


def _write(canvas: Canvas, x: float, y: float, text: str, font: str = PLAIN, *, size: int = SIZE) -> None:
    for name, run in _runs(text, font):
        canvas.setFont(name, size)
        canvas.drawString(x, y, run)
        x += pdfmetrics.stringWidth(run, name, size)


def _write_right(canvas: Canvas, right: float, y: float, text: str, font: str = PLAIN) -> None:
    _write(canvas, right - _width(text, font, SIZE), y, text, font)


def _width(text: str, font: str, size: int) -> float:
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
