import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Keep a search, to be told when something that fits becomes free. */
export function useSaveSearch() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/searches", { onSuccess: () => invalidatePaths(queries, ["/api/v1/searches"]) });
}
