import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Decline what is offered: it goes to the next in line. */
export function useDeclineOffer() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/waitlist/{entry_id}/decline", {
    onSettled: () => invalidatePaths(queries, ["/api/v1/waitlist", "/api/v1/reservations", "/api/v1/schedule", "/api/v1/resources", "/api/v1/free"]),
  });
}
