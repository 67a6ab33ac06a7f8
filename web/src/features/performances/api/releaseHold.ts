import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";
import { HELD_PATHS } from "./placeHold";

/** Give held seats back. */
export function useReleaseHold() {
  const queries = useQueryClient();
  return api.useMutation("delete", "/api/v1/seat-holds/{hold_id}", { onSuccess: () => invalidatePaths(queries, HELD_PATHS) });
}
