import { useQueries } from "@tanstack/react-query";
import { api } from "@/lib/api/client";

const KEPT_MS = 60_000;

/** Read the resources with these ids; what is not read yet is left out. */
export function useResourcesOf(ids: readonly number[]) {
  return useQueries({
    queries: ids.map((resource_id) =>
      api.queryOptions("get", "/api/v1/resources/{resource_id}", { params: { path: { resource_id } } }, { staleTime: KEPT_MS }),
    ),
    combine: (found) => found.flatMap((one) => one.data ?? []),
  });
}
