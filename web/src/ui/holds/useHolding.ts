import { useEffect, useState } from "react";
import type { Wish } from "../reserve/wish";
import { usePlaceHold } from "./api/placeHold";
import { useReleaseHold } from "./api/releaseHold";
import { type Kept, keptOf } from "./kept";

/** What a person who decides has said to be kept; an operator may have set less. */
export const KEPT_MINUTES = 10;

/** Answer how a form keeps its slot: what is kept now, whether that ran out, and how it is kept or given back. */
export function useHolding(first: Kept | undefined) {
  const [kept, setKept] = useState(first ?? null);
  const [hasLapsed, setLapsed] = useState(false);
  const placing = usePlaceHold();
  const releasing = useReleaseHold();
  const isOver = kept !== null && hasLapsed;
  // One timer to the end, and not a look each second: the form around it would be drawn anew as often.
  useEffect(() => {
    if (!kept) return;
    const timer = setTimeout(() => setLapsed(true), kept.until.getTime() - Date.now());
    return () => clearTimeout(timer);
  }, [kept]);
  const keep = async ({ resources, start, end }: Wish) => {
    const body = { resource_ids: resources.map((one) => one.id), start: start.toISOString(), end: end.toISOString(), minutes: KEPT_MINUTES };
    const hold = await placing.mutateAsync({ body });
    setLapsed(false);
    setKept(keptOf(hold, Date.now()));
  };
  const giveBack = () => {
    if (kept && !isOver) releasing.mutate({ params: { path: { hold_id: kept.id } } });
    setKept(null);
  };
  return { kept: isOver ? null : kept, isOver, keep, giveBack, lapse: () => setLapsed(true), isPending: placing.isPending };
}

export type Holding = ReturnType<typeof useHolding>;
