import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Let nobody read a calendar under its address any more. */
export function useRevokeFeed() {
  const queries = useQueryClient();
  return api.useMutation("delete", "/api/v1/calendars/feeds/{feed_id}", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/calendars/feeds"]),
  });
}
