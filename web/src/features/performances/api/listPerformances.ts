import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

/** List what is on and not over yet, by start. */
export function usePerformances(from: string) {
  return api.useInfiniteQuery("get", "/api/v1/performances", { params: { query: { from } } }, PAGED);
}
