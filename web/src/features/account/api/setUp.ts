import { api } from "@/lib/api/client";

/** Make the first administrator, with the token of the link that Berth printed. */
export function useSetUp() {
  return api.useMutation("post", "/api/v1/setup");
}
