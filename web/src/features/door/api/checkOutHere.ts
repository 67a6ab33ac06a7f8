import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Check out whoever has this code at this door. */
export function useCheckOutHere() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/resources/{resource_id}/check-out", {
    onSettled: () => invalidatePaths(queries, ["/api/v1/resources", "/api/v1/reservations"]),
  });
}
