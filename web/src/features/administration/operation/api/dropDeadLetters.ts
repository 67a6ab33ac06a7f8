import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Delete dead letters of a group for good. */
export function useDrop() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/events/dead/drop", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/events", "/api/v1/system"]),
  });
}
