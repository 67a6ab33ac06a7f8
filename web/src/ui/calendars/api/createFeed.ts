import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Make an address under which a calendar is read without signing in; the answer is the only one that has it. */
export function useCreateFeed() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/calendars/feeds", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/calendars/feeds"]),
  });
}
