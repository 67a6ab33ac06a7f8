import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, idempotent } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";
import { WishKeys } from "@/lib/api/wishKey";

/** Do what the rows of a CSV file say, all or none; a dry run says what would come of it. */
export function useRunBulk() {
  const queries = useQueryClient();
  const [keys] = useState(() => new WishKeys());
  const running = api.useMutation("post", "/api/v1/reservations/bulk/csv", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/reservations", "/api/v1/schedule", "/api/v1/waitlist", "/api/v1/series"]),
  });
  return (body: string, dry_run: boolean) =>
    keys.send(`${dry_run} ${body}`, (key) =>
      running.mutateAsync({
        params: { query: { dry_run }, header: idempotent(key) },
        body,
        bodySerializer: (text) => text,
        headers: { "Content-Type": "text/csv" },
      }),
    );
}
