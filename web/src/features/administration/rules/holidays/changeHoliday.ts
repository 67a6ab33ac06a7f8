import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Change the name or the days of a holiday. */
export function useChangeHoliday() {
  const queries = useQueryClient();
  return api.useMutation("put", "/api/v1/sites/{site_id}/holidays/{holiday_id}", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/sites"]),
  });
}
