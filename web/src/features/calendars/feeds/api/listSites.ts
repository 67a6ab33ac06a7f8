import { api } from "@/lib/api/client";

/** List all sites, each behind its parent. */
export function useSites() {
  return api.useQuery("get", "/api/v1/sites", {}, { staleTime: 300_000 });
}
