import type { components } from "@generated/schema";
import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

/** List everybody's payments, the latest first. */
export function usePayments(state?: components["schemas"]["PaymentState"], person_id?: number) {
  return api.useInfiniteQuery("get", "/api/v1/payments", { params: { query: { state, person_id } } }, PAGED);
}
