"""What a sale needs to know of a performance and its seats, kept in memory: a version of a map never changes."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.modules.seating.domain.performance import Performance, PerformanceState
from berth.modules.seating.domain.seats.choosing import Wanted
from berth.modules.seating.domain.seats.layout import Layout
from berth.modules.seating.store import performances, seat_maps
from berth.modules.seating.usecases.performances import unknown

LAYOUTS_MAX = 64


@dataclass(frozen=True, slots=True)
class Hall:
    """A performance and the layout of its seats."""

    performance: Performance
    layout: Layout


class Halls:
    """Answers halls. The performance is read anew each time, its layout once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._layouts: OrderedDict[tuple[int, int], Layout] = OrderedDict()

    async def of(self, performance_id: int, within: Connection | None = None) -> Hall:
        """Answer the hall of a performance, as a transaction sees it if one is given; raises 404."""
        database = within or self._database
        found = await performances.find(database, performance_id)
        if found is None or found.state is PerformanceState.OPENING:
            raise unknown(performance_id)
        return Hall(found, await self._layout(database, found))

    async def _layout(self, database: Database | Connection, performance: Performance) -> Layout:
        key = (performance.venue_id, performance.map_version)
        layout = self._layouts.get(key)
        if layout is None:
            saved = await seat_maps.find(database, *key)
            if saved is None:
                raise unknown(performance.id)
            layout = self._layouts[key] = Layout(saved.content)
            if len(self._layouts) > LAYOUTS_MAX:
                self._layouts.popitem(last=False)
        self._layouts.move_to_end(key)
        return layout


def places_of(layout: Layout, ids: Sequence[str]) -> list[int]:
    """Answer the places of seats, in their order; raises 422 for one that is not in the map, or twice."""
    unknown_ids = [one for one in ids if one not in layout.place_of]
    if unknown_ids:
        raise Problem(422, "unknown-seat", f"There is no seat {', '.join(unknown_ids)} in this map.")
    if len(set(ids)) < len(ids):
        raise Problem(422, "invalid-input", "A seat is named twice.")
    return sorted(layout.place_of[one] for one in ids)


def sure_of(layout: Layout, wanted: Wanted) -> None:
    """Raise 422 if the map has no such section or category."""
    if wanted.section is not None and wanted.section not in layout.section_names:
        raise Problem(422, "unknown-section", f"There is no section {wanted.section} in this map.")
    if wanted.category not in {None, *(one.key for one in layout.seat_map.categories)}:
        raise Problem(422, "unknown-category", f"There is no category {wanted.category} in this map.")


def areas_of(layout: Layout, wanted: Mapping[str, int]) -> dict[str, int]:
    """Answer how many are wanted in which areas, by key; raises 422 for one that is not in the map."""
    known = {one.key for one in layout.seat_map.areas}
    missing = sorted(wanted.keys() - known)
    if missing:
        raise Problem(422, "unknown-area", f"There is no area {', '.join(missing)} in this map.")
    return {key: wanted[key] for key in sorted(wanted)}
