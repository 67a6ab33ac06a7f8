import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import type { components } from "@generated/schema";
import { api } from "@/lib/api/client";

type Pages = InfiniteData<components["schemas"]["SearchPage"]>;

const LIST = { predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[1] === "/api/v1/searches" };

/** Let a saved search go. It leaves the list at once, so that nobody asks any more what it finds. */
export function useRemoveSearch() {
  const queries = useQueryClient();
  return api.useMutation("delete", "/api/v1/searches/{search_id}", {
    onSuccess: (_, { params }) => {
      const { search_id } = params.path;
      queries.setQueriesData<Pages>(LIST, (old) => old && { ...old, pages: old.pages.map((page) => ({ ...page, items: page.items.filter((one) => one.id !== search_id) })) });
      return queries.invalidateQueries(LIST);
    },
  });
}
