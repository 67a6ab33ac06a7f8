import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

/** List the payments for one's own reservations, the newest first. */
export function usePayments() {
  return api.useInfiniteQuery("get", "/api/v1/payments/my", {}, PAGED);
}
