import { api } from "@/lib/api/client";

/** List one's own app passwords, without what they are. */
export function useAppPasswords() {
  return api.useQuery("get", "/api/v1/calendars/app-passwords");
}
