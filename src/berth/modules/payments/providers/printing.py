"""Draws a receipt as a PDF of one page."""

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from berth.kit.pdf.text import BOLD, LEADING, SIZE, load_fonts, write, write_right, write_wrapped
from berth.modules.payments.domain.receipt import Receipt

TITLE_SIZE, MARGIN = 18, 56
LABEL_WIDTH = 130
ROWS_MAX = 25


def pdf(receipt: Receipt) -> bytes:
    """Answer the receipt as a PDF; a character that no font has is printed as an empty square."""
    load_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, lang=receipt.language)
    canvas.setTitle(f"{receipt.title} {receipt.head[0][1]}")
    width, height = A4
    right, y = width - MARGIN, height - MARGIN
    write(canvas, MARGIN, y, receipt.title, BOLD, size=TITLE_SIZE)
    y -= 2 * LEADING
    for label, value in receipt.head:
        write(canvas, MARGIN, y, label, BOLD)
        y = write_wrapped(canvas, MARGIN + LABEL_WIDTH, y, value, right - MARGIN - LABEL_WIDTH)
    y -= LEADING
    what, price, amount = receipt.columns
    middle = MARGIN + 0.45 * (right - MARGIN)
    write(canvas, MARGIN, y, what, BOLD)
    write(canvas, middle, y, price, BOLD)
    write_right(canvas, right, y, amount, BOLD)
    y = _rule(canvas, y, right)
    for what, price, amount in receipt.rows[:ROWS_MAX]:
        write(canvas, middle, y, price)
        write_right(canvas, right, y, amount)
        y = write_wrapped(canvas, MARGIN, y, what, middle - MARGIN - SIZE)
    if len(receipt.rows) > ROWS_MAX:
        write(canvas, MARGIN, y, f"+ {len(receipt.rows) - ROWS_MAX}")
        y -= LEADING
    y = _rule(canvas, y + LEADING, right)
    for label, value in receipt.sums:
        write(canvas, middle, y, label)
        write_right(canvas, right, y, value, BOLD)
        y -= LEADING
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _rule(canvas: Canvas, y: float, right: float) -> float:
    canvas.line(MARGIN, y - 5, right, y - 5)
    return y - 1.25 * LEADING
