import { api } from "@/lib/api/client";

/** List the terms of a site, if there is a site. */
export function useTerms(site_id: number | null | undefined) {
  return api.useQuery("get", "/api/v1/sites/{site_id}/terms", { params: { path: { site_id: site_id ?? 0 } } }, { enabled: typeof site_id === "number" });
}
