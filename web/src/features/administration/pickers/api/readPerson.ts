import { useQueries } from "@tanstack/react-query";
import { api } from "@/lib/api/client";

const KEPT_MS = 60_000;

/** Read the accounts with these ids; who is not read yet is left out. */
export function usePeople(ids: readonly number[]) {
  return useQueries({
    queries: ids.map((person_id) =>
      api.queryOptions("get", "/api/v1/users/{person_id}", { params: { path: { person_id } } }, { staleTime: KEPT_MS }),
    ),
    combine: (found) => found.flatMap((one) => one.data ?? []),
  });
}
