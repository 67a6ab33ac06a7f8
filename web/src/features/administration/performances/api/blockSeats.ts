import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Take free seats out of the sale, or put blocked ones back. */
export function useBlockSeats() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/performances/{performance_id}/blocked", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/performances"]),
  });
}
