import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** What changes with what one holds. */
export const HELD_PATHS = ["/api/v1/seat-holds", "/api/v1/performances"];

/** Hold seats, or people's room in areas, while one decides. */
export function usePlaceHold() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/seat-holds", { onSuccess: () => invalidatePaths(queries, HELD_PATHS) });
}
