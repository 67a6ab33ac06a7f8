import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Reserve the resource for the account of the display. */
export function useReserve() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/reservations", {
    onSettled: () => invalidatePaths(queries, ["/api/v1/resources", "/api/v1/reservations", "/api/v1/schedule"]),
  });
}
