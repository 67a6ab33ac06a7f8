"""What the documents and the lock must hold to."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from tests.tidy.rules.source import Source

LINK = re.compile(r"\]\(([^)\s]+)\)")
RECORD = re.compile(r"^\d{4}-[a-z0-9-]+\.md$")
RECORD_PARTS = ("## Context", "## Decision", "## Alternatives", "## What enforces it")


def links_lead_somewhere(sources: Sequence[Source]) -> Iterator[str]:
    files = {one.path for one in sources}
    known = files | {parent for path in files for parent in path.parents}
    for one in sources:
        if one.path.suffix != ".md":
            continue
        for target in LINK.findall(one.text):
            path = target.partition("#")[0]
            outside = "://" in target or target.startswith("mailto:")
            if path and not outside and _joined(one.path.parent, path) not in known:
                yield f"{one.path}: {target} leads nowhere"


def _joined(folder: PurePosixPath, target: str) -> PurePosixPath:
    parts: list[str] = list(folder.parts)
    for part in PurePosixPath(target).parts:
        if part == "..":
            parts = parts[:-1]
        else:
            parts.append(part)
    return PurePosixPath(*parts)


def records_have_one_form(sources: Sequence[Source]) -> Iterator[str]:
    """Each decision says why it was taken, what else there was, and what keeps it."""
    for one in sources:
        if not one.lies_in("docs/adr") or one.path.name == "README.md":
            continue
        if not RECORD.match(one.path.name):
            yield f"{one.path}: name it like 0001-what-was-decided.md"
        for part in RECORD_PARTS:
            if f"\n{part}\n" not in one.text:
                yield f"{one.path}: the part '{part}' is missing"


def the_lock_names_no_registry(sources: Sequence[Source]) -> Iterator[str]:
    for one in sources:
        if one.path.name == "requirements.lock":
            for number, line in enumerate(one.text.splitlines(), 1):
                if "://" in line or re.match(r"-(?:i|f|-index-url|-extra-index-url|-find-links)\b", line):
                    yield f"{one.path}:{number}: a lock holds versions and hashes, not where they came from"
