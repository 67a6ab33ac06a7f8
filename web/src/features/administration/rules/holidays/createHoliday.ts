import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Give a site a holiday, which series pass over. */
export function useCreateHoliday() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/sites/{site_id}/holidays", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/sites"]),
  });
}
