import { api } from "@/lib/api/client";

/** Set a new password, given the present one; one's other sessions end. */
export function useChangePassword() {
  return api.useMutation("post", "/api/v1/users/me/password");
}
