import { useCallback, useMemo } from "react";
import { placesOf, type SeatMap } from "@/ui/seats/geometry/places";
import type { Chosen } from "./changes";
import { NONE, useHistory } from "./history";

/** Answer a map that is edited: what it is now, and how it is changed. */
export function useEditor(map: SeatMap) {
  const [history, step] = useHistory(map);
  const { present, past, future } = history;
  const places = useMemo(() => placesOf(present.map), [present.map]);
  const change = useCallback((next: SeatMap, chosen: Chosen) => step({ kind: "change", draft: { map: next, chosen } }), [step]);
  const choose = useCallback((chosen: Chosen) => step({ kind: "choose", chosen }), [step]);
  return {
    map: present.map,
    chosen: present.chosen,
    places,
    /** Make a change; the same seats stay chosen unless others are named. */
    change: (next: SeatMap, chosen: Chosen = present.chosen) => change(next, chosen),
    choose,
    begin: (next: SeatMap) => step({ kind: "begin", map: next }),
    replace: (next: SeatMap) => change(next, NONE),
    undo: past.length > 0 ? () => step({ kind: "undo" }) : undefined,
    redo: future.length > 0 ? () => step({ kind: "redo" }) : undefined,
  };
}

export type Editor = ReturnType<typeof useEditor>;
