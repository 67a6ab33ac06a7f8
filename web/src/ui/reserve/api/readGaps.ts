import { api } from "@/lib/api/client";

/** How far ahead other times are looked for. */
const AHEAD_MS = 14 * 24 * 3_600_000;

/** Read when a resource can be reserved for as long as this, from the day of the wish on. */
export function useGaps(resource_id: number, start: Date, end: Date, enabled: boolean) {
  const from = new Date(Math.max(start.getTime() - 12 * 3_600_000, Math.floor(Date.now() / 60_000) * 60_000));
  const query = {
    minutes: Math.max(1, Math.round((end.getTime() - start.getTime()) / 60_000)),
    from: from.toISOString(),
    until: new Date(from.getTime() + AHEAD_MS).toISOString(),
  };
  return api.useQuery(
    "get",
    "/api/v1/resources/{resource_id}/availability",
    { params: { path: { resource_id }, query } },
    { enabled },
  );
}
