"""The code of a ticket as it travels: off one screen, and before the camera of another device."""

import io
from pathlib import Path

import zxingcpp
from PIL import Image, ImageOps
from playwright.async_api import Locator

CENTRE = "(one) => one.scrollIntoView({block: 'center', behavior: 'instant'})"
FILM = (640, 480)
CODE_SIDE = 400
FRAMES, FRAMES_A_SECOND = 4, 10
GREY = 128


async def photographed(code: Locator) -> Image.Image:
    """Take a picture of a code that a page shows, in the middle of the screen, where nothing lies over it."""
    await code.evaluate(CENTRE)
    return Image.open(io.BytesIO(await code.screenshot())).convert("L")


def read_off(picture: Image.Image) -> str:
    """Read the one QR code in a picture."""
    [found] = zxingcpp.read_barcodes(picture)
    return found.text


def film(picture: Image.Image, path: Path) -> None:
    """Write what a camera sees before which the picture is held: a film in YUV4MPEG2, which Chromium plays again and
    again.
    """
    seen = Image.new("L", FILM, GREY)
    held = ImageOps.contain(picture, (CODE_SIDE, CODE_SIDE))
    seen.paste(held, ((FILM[0] - held.width) // 2, (FILM[1] - held.height) // 2))
    colours = bytes([GREY]) * (FILM[0] * FILM[1] // 2)
    head = f"YUV4MPEG2 W{FILM[0]} H{FILM[1]} F{FRAMES_A_SECOND}:1 Ip A1:1 C420mpeg2\n".encode()
    path.write_bytes(head + (b"FRAME\n" + seen.tobytes() + colours) * FRAMES)
