import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

/** List all that is or was on, by start. */
export function usePerformances() {
  return api.useInfiniteQuery("get", "/api/v1/performances", {}, PAGED);
}
