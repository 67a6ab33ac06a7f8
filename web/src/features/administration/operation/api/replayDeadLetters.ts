import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Have dead letters of a group handled again. */
export function useReplay() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/events/dead/replay", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/events", "/api/v1/system"]),
  });
}
