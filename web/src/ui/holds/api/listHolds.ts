import { api } from "@/lib/api/client";

/** List what is kept for oneself, the one that ends next first. */
export function useHolds() {
  return api.useQuery("get", "/api/v1/holds");
}
