import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Make a password for a calendar program; the answer is the only one that has it. */
export function useCreateAppPassword() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/calendars/app-passwords", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/calendars/app-passwords"]),
  });
}
