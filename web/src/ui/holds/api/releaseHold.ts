import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Give back what is kept for oneself: it is free at once, or goes to whoever waits for it. */
export function useReleaseHold() {
  const queries = useQueryClient();
  return api.useMutation("delete", "/api/v1/holds/{hold_id}", {
    onSettled: () => invalidatePaths(queries, ["/api/v1/holds", "/api/v1/schedule", "/api/v1/resources", "/api/v1/free"]),
  });
}
