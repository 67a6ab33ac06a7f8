import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

/** List the events that groups could not handle, the latest first. */
export function useDeadLetters() {
  return api.useInfiniteQuery("get", "/api/v1/events/dead", {}, PAGED);
}
