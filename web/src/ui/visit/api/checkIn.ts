import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Begin to use what is reserved; whoever is not the owner needs the code. */
export function useCheckIn() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/reservations/{reservation_id}/check-in", {
    onSettled: () => invalidatePaths(queries, ["/api/v1/reservations", "/api/v1/resources"]),
  });
}
