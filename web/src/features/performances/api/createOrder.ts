import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";
import { HELD_PATHS } from "./placeHold";

/** Buy what one holds; asked again, the same order is answered. */
export function useCreateOrder() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/orders", { onSuccess: () => invalidatePaths(queries, [...HELD_PATHS, "/api/v1/orders"]) });
}
