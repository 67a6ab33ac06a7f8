import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Take somebody out of the line; what was offered to them goes to the next. */
export function useTakeOut() {
  const queries = useQueryClient();
  return api.useMutation("delete", "/api/v1/waitlist/{entry_id}", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/waitlist", "/api/v1/resources", "/api/v1/schedule"]),
  });
}
