"""Draws tickets as a PDF, a page of A6 for each, with the QR code that the door reads."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import segno
from reportlab.lib.pagesizes import A6
from reportlab.pdfgen.canvas import Canvas

from berth.kit.pdf.text import BOLD, LEADING, SIZE, load_fonts, write, write_wrapped

MARGIN, TITLE_SIZE, CODE_WIDTH = 22, 13, 150
QUIET_MODULES = 4
"""The margin that ISO/IEC 18004 asks for around a code."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What is on one ticket: a title, lines below it, and the code in figures and as a picture."""

    title: str
    lines: Sequence[tuple[str, str]]
    code: str


def pdf(tickets: Sequence[Printed], *, title: str, language: str) -> bytes:
    """Answer the tickets as a PDF."""
    load_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A6, invariant=1, lang=language)
    canvas.setTitle(title)
    for one in tickets:
        _page(canvas, one)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _page(canvas: Canvas, one: Printed) -> None:
    width, height = A6
    y = height - MARGIN - TITLE_SIZE
    write(canvas, MARGIN, y, one.title, BOLD, size=_fitting(one.title, width - 2 * MARGIN))
    y -= 1.5 * LEADING
    for label, value in one.lines:
        write(canvas, MARGIN, y, label, BOLD)
        y = write_wrapped(canvas, MARGIN + 70, y, value, width - 2 * MARGIN - 70)
    _code(canvas, (width - CODE_WIDTH) / 2, MARGIN + 1.5 * LEADING, one.code)
    grouped = " ".join(one.code[at : at + 4] for at in range(0, len(one.code), 4))
    canvas.setFont("Courier-Bold", SIZE)
    canvas.drawCentredString(width / 2, MARGIN, grouped)


def _fitting(text: str, width: float) -> int:
    """Answer the size at which a title fits on its line, by a glance at its length."""
    return max(7, min(TITLE_SIZE, int(width / (0.55 * max(len(text), 1)))))


def _code(canvas: Canvas, left: float, bottom: float, text: str) -> None:
    """Draw a QR code of squares, with its quiet margin, as wide as ``CODE_WIDTH``."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    side = CODE_WIDTH / (len(rows) + 2 * QUIET_MODULES)
    for down, row in enumerate(reversed(rows)):
        for across, dark in enumerate(row):
            if dark:
                x, y = left + (across + QUIET_MODULES) * side, bottom + (down + QUIET_MODULES) * side
                canvas.rect(x, y, side, side, stroke=0, fill=1)
