import { api } from "@/lib/api/client";
import { MARGIN_MS } from "../margin";


/** Read what else happens on a resource from three hours before a stretch of time to three hours behind it. */
export function useAround(resource_id: number, start: string, end: string) {
  const from = new Date(new Date(start).getTime() - MARGIN_MS).toISOString();
  const until = new Date(new Date(end).getTime() + MARGIN_MS).toISOString();
  return api.useQuery("get", "/api/v1/resources/{resource_id}/schedule", {
    params: { path: { resource_id }, query: { from, until } },
  });
}
