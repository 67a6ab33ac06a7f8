import { api } from "@/lib/api/client";

const AGAIN_MS = 10_000;

/** Read how Berth is, anew every few seconds. */
export function useSystem() {
  return api.useQuery("get", "/api/v1/system", {}, { refetchInterval: AGAIN_MS });
}
