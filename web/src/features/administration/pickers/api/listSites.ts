import { api } from "@/lib/api/client";

/** List all sites, each with the path of names above it. */
export function useSites() {
  return api.useQuery("get", "/api/v1/sites");
}
