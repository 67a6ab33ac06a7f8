import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Keep a slot for some minutes; nobody else can take it until then. */
export function usePlaceHold() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/holds", {
    onSettled: () => invalidatePaths(queries, ["/api/v1/holds", "/api/v1/schedule", "/api/v1/resources", "/api/v1/free"]),
  });
}
