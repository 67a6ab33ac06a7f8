import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Let no program sign in with a password any more. */
export function useRevokeAppPassword() {
  const queries = useQueryClient();
  return api.useMutation("delete", "/api/v1/calendars/app-passwords/{app_password_id}", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/calendars/app-passwords"]),
  });
}
