import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";

const PATH = "/api/v1/notifications/preferences";

/** Choose what one is told of; it shows at once, and is taken back if it is refused. */
export function useSetPreferences() {
  const queries = useQueryClient();
  const { queryKey } = api.queryOptions("get", PATH);
  return api.useMutation("put", PATH, {
    onMutate: ({ body }) => {
      const before = queries.getQueryData(queryKey);
      queries.setQueryData(queryKey, body);
      return before;
    },
    onError: (_error, _wish, before) => queries.setQueryData(queryKey, before),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
}
