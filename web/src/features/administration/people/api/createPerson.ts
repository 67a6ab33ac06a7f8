import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Make an account for somebody else. */
export function useCreatePerson() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/register", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/users"]),
  });
}
