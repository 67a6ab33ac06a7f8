import { api } from "@/lib/api/client";

/** Read the account of whoever is signed in. */
export function useMe() {
  return api.useQuery("get", "/api/v1/users/me", {}, { staleTime: 60_000 });
}
