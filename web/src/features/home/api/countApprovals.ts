import { api } from "@/lib/api/client";

/** Counting ends here; more are "99+". */
export const APPROVALS_COUNTED_MAX = 99;

/** Count the requests that wait for one's decision, up to one more than are counted. */
export function useApprovalCount() {
  return api.useQuery(
    "get",
    "/api/v1/approvals",
    { params: { query: { limit: APPROVALS_COUNTED_MAX + 1 } } },
    { select: (page) => page.items.length },
  );
}
