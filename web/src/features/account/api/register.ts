import { api } from "@/lib/api/client";

/** Make an account for an ordinary user. */
export function useRegister() {
  return api.useMutation("post", "/api/v1/register");
}
