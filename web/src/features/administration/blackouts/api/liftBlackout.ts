import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Open resources again before the time is over. */
export function useLiftBlackout() {
  const queries = useQueryClient();
  return api.useMutation("delete", "/api/v1/blackouts/{blackout_id}", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/blackouts", "/api/v1/schedule"]),
  });
}
