import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

/** List one's own orders, the newest first. */
export function useOrders() {
  return api.useInfiniteQuery("get", "/api/v1/orders", {}, PAGED);
}
