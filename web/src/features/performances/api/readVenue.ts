import { api } from "@/lib/api/client";

/** Read where something takes place. */
export function useVenue(venue_id: number) {
  return api.useQuery("get", "/api/v1/venues/{venue_id}", { params: { path: { venue_id } } }, { staleTime: 60_000, retry: false });
}
