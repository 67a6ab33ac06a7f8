import type { paths } from "@generated/schema";
import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

export type ResourceFilters = Omit<NonNullable<paths["/api/v1/resources"]["get"]["parameters"]["query"]>, "cursor">;

/** List resources by name, those that fit all filters. */
export function useResources(query: ResourceFilters) {
  return api.useInfiniteQuery("get", "/api/v1/resources", { params: { query } }, PAGED);
}
