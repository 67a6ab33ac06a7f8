import { api } from "@/lib/api/client";

/** Read a venue. */
export function useVenue(venue_id: number) {
  return api.useQuery("get", "/api/v1/venues/{venue_id}", { params: { path: { venue_id } } });
}
