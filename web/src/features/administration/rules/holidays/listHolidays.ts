import { api } from "@/lib/api/client";

/** List the holidays of a site and those that it inherits. */
export function useHolidays(site_id: number) {
  return api.useQuery("get", "/api/v1/sites/{site_id}/holidays", { params: { path: { site_id } } });
}
