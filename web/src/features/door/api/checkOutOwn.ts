import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Check out a reservation of the display's own, which needs no code. */
export function useCheckOutOwn() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/reservations/{reservation_id}/check-out", {
    onSettled: () => invalidatePaths(queries, ["/api/v1/resources", "/api/v1/reservations"]),
  });
}
