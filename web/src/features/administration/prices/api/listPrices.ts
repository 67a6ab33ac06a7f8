import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

/** List all prices. */
export function usePrices() {
  return api.useInfiniteQuery("get", "/api/v1/prices", {}, PAGED);
}
