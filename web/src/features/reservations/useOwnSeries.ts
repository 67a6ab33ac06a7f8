import type { components } from "@generated/schema";
import { useMe } from "@/lib/api/readMe";

/** Answer the series of a reservation, if there is one and it may be seen: by its owner and by administrators. */
export function useOwnSeries(one: components["schemas"]["ReservationShown"]): number | null {
  const me = useMe().data;
  return me && (me.id === one.owner.id || me.role === "admin") ? one.series_id : null;
}
