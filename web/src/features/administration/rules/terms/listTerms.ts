import { api } from "@/lib/api/client";

/** List the terms of a site and those that it inherits. */
export function useTerms(site_id: number) {
  return api.useQuery("get", "/api/v1/sites/{site_id}/terms", { params: { path: { site_id } } });
}
