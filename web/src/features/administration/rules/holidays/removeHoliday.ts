import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Remove a holiday. */
export function useRemoveHoliday() {
  const queries = useQueryClient();
  return api.useMutation("delete", "/api/v1/sites/{site_id}/holidays/{holiday_id}", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/sites"]),
  });
}
