import { api } from "@/lib/api/client";

/** Read what is left to one of every allowance. */
export function useStandings() {
  return api.useQuery("get", "/api/v1/quotas/my");
}
