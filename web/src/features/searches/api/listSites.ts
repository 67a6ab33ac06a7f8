import { api } from "@/lib/api/client";

/** List all sites, to name those that are searched in. */
export function useSites() {
  return api.useQuery("get", "/api/v1/sites", {}, { staleTime: 300_000 });
}
