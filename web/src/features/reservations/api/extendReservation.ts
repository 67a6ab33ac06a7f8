import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Go on until a later end, also while in use, if what follows is free. */
export function useExtendReservation() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/reservations/{reservation_id}/extend", {
    onSettled: () => invalidatePaths(queries, ["/api/v1/reservations", "/api/v1/schedule"]),
  });
}
