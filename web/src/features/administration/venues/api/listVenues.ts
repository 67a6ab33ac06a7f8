import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

/** List venues by name. */
export function useVenues() {
  return api.useInfiniteQuery("get", "/api/v1/venues", {}, PAGED);
}
