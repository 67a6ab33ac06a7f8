import { api } from "@/lib/api/client";

/** Answer whether there is anything to reserve. */
export function useHasResources() {
  return api.useQuery("get", "/api/v1/resources", { params: { query: { limit: 1, retired: false } } }, { select: (page) => page.items.length > 0 });
}
