import { api, client } from "@/lib/api/client";

/** Read the present map of a venue, if it has one. */
export function useMap(venue_id: number, enabled: boolean) {
  return api.useQuery("get", "/api/v1/venues/{venue_id}/map", { params: { path: { venue_id } } }, { enabled });
}

/** Read a version of the map of a venue. */
export async function readMapVersion(venue_id: number, version: number) {
  const { data } = await client.GET("/api/v1/venues/{venue_id}/map", { params: { path: { venue_id }, query: { version } } });
  return data!.content;
}
