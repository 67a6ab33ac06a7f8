import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { onSessionChange } from "@/lib/api/session";

/** Leave for the sign-in page as soon as the session ends, here or in another tab; nothing read stays behind. */
export function useLeaving(): void {
  const router = useRouter();
  const queries = useQueryClient();
  useEffect(
    () =>
      onSessionChange(() => {
        queries.clear();
        void router.invalidate();
      }),
    [router, queries],
  );
}
