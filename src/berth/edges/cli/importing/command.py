"""``berth import``: files and folders of CSV, resources before reservations."""

import asyncio
import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from berth.edges.cli.failure import ExitCode, Misused, Refused
from berth.edges.cli.importing.planning import Outcome, Planner, State, Wish
from berth.edges.cli.importing.reading import COLUMN_EXPECT, Kind, Source, find_sources, read_rows
from berth.edges.cli.importing.report import (
    bad_rows,
    reservations_json,
    shown_reservations,
    shown_resources,
    write_report,
)
from berth.edges.cli.importing.sending import TOGETHER, Sender
from berth.edges.cli.session import Session

DryRun = Annotated[bool, typer.Option("--dry-run", help="Only check; store nothing.", show_default=False)]
NOTES_SHOWN_MAX = 5


def import_resources(
    session: Session,
    file: Annotated[str, typer.Argument(metavar="FILE", help="CSV: name,kind,site,capacity,timezone,tags,…")],
    dry_run: DryRun = False,
) -> None:
    """Create and change resources from a CSV file, by name, all rows or none."""
    import_files(session, [Kind.RESOURCES, file], dry_run=dry_run)


def import_files(
    session: Session,
    words: Annotated[
        list[str], typer.Argument(metavar="[resources|reservations] FILE|FOLDER...", help="What to import.")
    ],
    dry_run: DryRun = False,
    sequential: Annotated[
        bool, typer.Option("--sequential", help="One row after the other: where rows conflict, the first wins.")
    ] = False,
    report: Annotated[Path | None, typer.Option(help="Write what became of every reservation, as CSV.")] = None,
) -> None:
    """Import resources and reservations from CSV files, told apart by their headers.

    Resources have name,kind[,site,capacity,timezone,tags,…] and are stored all or none. Reservations have
    resource,start,end[,title,…]; further columns go into the description. To import a file again is safe.
    """
    sources, notes = find_sources(words)
    for note in notes:
        session.note(note)
    for one in sources:
        if one.expects and not sequential:
            raise Misused(
                f"{one.path} has a column {COLUMN_EXPECT}: the answer to each row depends on the rows before it.",
                "To send its rows one after the other, and leave that column alone: --sequential",
            )
    run = Import(session, dry_run=dry_run, together=1 if sequential else TOGETHER)
    try:
        for source in sources:
            run.add(source)
    finally:
        if report is not None:
            write_report(report, run.outcomes)
        if session.as_json:
            session.show({"files": run.files}, str)
    if any(one.state is State.REFUSED for _, one in run.outcomes):
        raise typer.Exit(ExitCode.REFUSED)


class Import:
    """One run over some files."""

    def __init__(self, session: Session, *, dry_run: bool, together: int) -> None:
        self._session = session
        self._dry_run = dry_run
        self._together = together
        self._planned: list[dict[str, Any]] = []
        self.files: list[dict[str, Any]] = []
        self.outcomes: list[tuple[str, Outcome]] = []

    def add(self, source: Source) -> None:
        """Import one file."""
        if source.kind is Kind.RESOURCES:
            self._resources(source)
        else:
            self._reservations(source)

    def _resources(self, source: Source) -> None:
        """Check the file as a whole, and store it as a whole."""
        try:
            text = source.path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise Misused(f"{source.path} cannot be read: {error}.") from error
        steps = ("true",) if self._dry_run else ("true", "false")
        answer: Any = None
        try:
            with self._progress() as progress:
                task = progress.add_task(source.path.name, total=len(steps))
                for dry_run in steps:
                    answer = self._session.server.send(
                        "POST",
                        "resources/import",
                        params={"dry_run": dry_run},
                        content=text.encode(),
                        headers={"Content-Type": "text/csv"},
                        again=True,
                    ).json()
                    progress.advance(task)
        except Refused as refused:
            errors = refused.problem.get("errors") or []
            if refused.status == 422 and errors and not self._session.as_json:
                self._session.err.print(bad_rows(errors))
                refused.sentence = f"{source.path.name}: {len(errors):,} bad rows; nothing is stored."
                refused.problem = {}
            raise
        if self._dry_run:
            self._planned += [
                {"id": 0, "name": row["name"].strip(), "timezone": (row.get("timezone") or "").strip() or "UTC"}
                for row in csv.DictReader(io.StringIO(text))
                if row.get("name")
            ]
        self._tell(source, answer, shown_resources(source.path.name, answer))

    def _reservations(self, source: Source) -> None:
        known = self._session.server.every("resources")
        names = {one["name"] for one in known}
        planner = Planner([*known, *(one for one in self._planned if one["name"] not in names)], self._session.now)
        wishes, outcomes = planner.plan(read_rows(source))
        rows = len(wishes) + len(outcomes)
        self._notes(wishes)
        try:
            if self._dry_run:
                outcomes += [Outcome(one.row, State.CHECKED) for one in wishes]
            else:
                self._send(source, wishes, outcomes)
        finally:
            outcomes.sort(key=lambda one: one.row.number)
            self.outcomes += [(source.path.name, one) for one in outcomes]
            self._tell(source, reservations_json(outcomes), shown_reservations(source.path.name, outcomes))
            unsent = rows - len(outcomes)
            if unsent:
                self._session.note(f"{unsent:,} rows were not sent; the same command goes on where this one ended.")

    def _send(self, source: Source, wishes: Sequence[Wish], outcomes: list[Outcome]) -> None:
        with self._progress() as progress:
            task = progress.add_task(source.path.name, total=len(wishes))

            def told(outcome: Outcome) -> None:
                outcomes.append(outcome)
                progress.advance(task)

            asyncio.run(Sender(self._session.server, told).send(wishes, together=self._together))

    def _notes(self, wishes: Sequence[Wish]) -> None:
        noted = [f"row {one.row.number}: {one.note}" for one in wishes if one.note]
        for note in noted[:NOTES_SHOWN_MAX]:
            self._session.note(note)
        if len(noted) > NOTES_SHOWN_MAX:
            self._session.note(f"… and {len(noted) - NOTES_SHOWN_MAX:,} more rows like these.")

    def _progress(self) -> Progress:
        session = self._session
        return Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=session.err,
            disable=session.as_json or not session.err.is_terminal,
            transient=True,
        )

    def _tell(self, source: Source, answer: dict[str, Any], shown: Any) -> None:
        self.files.append({"file": str(source.path), "kind": source.kind, **answer})
        if not self._session.as_json:
            self._session.out.print(shown)
