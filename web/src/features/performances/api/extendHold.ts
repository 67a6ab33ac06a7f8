import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";
import { HELD_PATHS } from "./placeHold";

/** Keep seats for as long again, once. */
export function useExtendHold() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/seat-holds/{hold_id}/extend", { onSuccess: () => invalidatePaths(queries, HELD_PATHS) });
}
