import { api } from "@/lib/api/client";

/** List all sites, to say where somebody waits. */
export function useSites(enabled: boolean) {
  return api.useQuery("get", "/api/v1/sites", {}, { enabled, staleTime: 300_000 });
}
