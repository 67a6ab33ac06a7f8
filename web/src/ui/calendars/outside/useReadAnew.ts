import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { invalidatePaths } from "@/lib/api/queries";
import type { Subscription } from "./subscription";

/** Look again at what calendars say, as soon as one of them was read. */
export function useReadAnew(items: readonly Subscription[]): void {
  const queries = useQueryClient();
  const read = items.map((one) => `${one.id} ${one.fetched_at}`).join();
  useEffect(() => {
    void invalidatePaths(queries, ["/api/v1/calendars/busy", "/api/v1/calendars/subscriptions/{subscription_id}/conflicts"]);
  }, [queries, read]);
}
