import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Leave the waitlist: one's place is over. */
export function useLeavePlace() {
  const queries = useQueryClient();
  return api.useMutation("delete", "/api/v1/waitlist/{entry_id}", {
    onSettled: () => invalidatePaths(queries, ["/api/v1/waitlist", "/api/v1/schedule"]),
  });
}
