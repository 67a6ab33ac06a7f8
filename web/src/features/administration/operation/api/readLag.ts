import { api } from "@/lib/api/client";

const AGAIN_MS = 10_000;

/** Read what waits between events and those who listen, anew every few seconds. */
export function useLag() {
  return api.useQuery("get", "/api/v1/events/lag", {}, { refetchInterval: AGAIN_MS });
}
