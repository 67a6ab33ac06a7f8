import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

/** List the times for which resources are closed, from an instant on. */
export function useBlackouts(from: string | undefined) {
  return api.useInfiniteQuery("get", "/api/v1/blackouts", { params: { query: { from } } }, PAGED);
}
