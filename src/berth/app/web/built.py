"""The built web app: files that ``make web`` or the building of the wheel put beside this package."""

from collections.abc import Mapping
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "web_dist"
INDEX = "index.html"
ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""What the files are compressed with at build, the smaller first, and what is added to their names."""
COMPRESSED = frozenset(ENCODINGS.values())
MEDIA_TYPES = {".js": "text/javascript", ".webmanifest": "application/manifest+json", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class File:
    """A file as it is sent; ``bodies`` by content encoding, with ``identity`` for the file itself."""

    media_type: str
    bodies: Mapping[str, bytes]

    def best(self, accepted: str) -> tuple[str, bytes]:
        """Answer the encoding to send to somebody who accepts these, and the body in it."""
        names = {one.partition(";")[0].strip() for one in accepted.split(",") if "q=0" not in one.replace(" ", "")}
        chosen = next((one for one in ENCODINGS if one in names and one in self.bodies), "identity")
        return chosen, self.bodies[chosen]


class App:
    """The files of an app that was built into a folder; its names are read once, each file when it is asked for."""

    def __init__(self, folder: Path = FOLDER) -> None:
        every = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
        self._folder = folder
        self._names = frozenset(one for one in every if not one.startswith(".") and Path(one).suffix not in COMPRESSED)
        self._read: dict[str, File] = {}

    @property
    def is_built(self) -> bool:
        """Tell whether there is an app to serve."""
        return INDEX in self._names

    def file(self, name: str) -> File | None:
        """Answer the file of this name, such as ``assets/main-4f2a.js``, or none; nothing outside is reached."""
        if name not in self._names:
            return None
        if name not in self._read:
            self._read[name] = _load(self._folder / name)
        return self._read[name]


def _load(path: Path) -> File:
    media_type = MEDIA_TYPES.get(path.suffix) or guess_type(path.name)[0] or "application/octet-stream"
    bodies = {"identity": path.read_bytes()}
    for encoding, suffix in ENCODINGS.items():
        compressed = path.with_name(path.name + suffix)
        if compressed.is_file():
            bodies[encoding] = compressed.read_bytes()
    return File(media_type, bodies)
