import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** By this a timeline finds what is being reserved, to show it at once. */
export const CREATING = ["post", "/api/v1/reservations"] as const;

/** Reserve one resource or several together, or what is kept; stays under way until what it makes stale is read again. */
export function useCreateReservation() {
  const queries = useQueryClient();
  return api.useMutation(...CREATING, {
    onSettled: () => invalidatePaths(queries, ["/api/v1/reservations", "/api/v1/schedule", "/api/v1/resources", "/api/v1/free", "/api/v1/holds"]),
  });
}
