import { startOfDay } from "@/lib/time/wallClock";
import { instantOfField } from "@/lib/time/fields";
import type { AuditSearch } from "./search";

/** Answer the filters as the server has them; days are those of a zone, the last one to its end. */
export function filtersOf({ actor, from, until, ...same }: AuditSearch, zone: string) {
  return {
    ...same,
    actor_id: actor,
    from: from && instantOfField(from, zone).toISOString(),
    until: until && startOfDay(instantOfField(until, zone), zone, 1).toISOString(),
  };
}

export type AuditFilters = ReturnType<typeof filtersOf>;
