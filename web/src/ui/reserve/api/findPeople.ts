import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/lib/api/client";

/** Find active people by name, for administrators who reserve for somebody else. */
export function usePeople(text: string, enabled: boolean) {
  const query = { text: text || undefined, active: true, limit: 20 };
  return api.useQuery("get", "/api/v1/users", { params: { query } }, { enabled, placeholderData: keepPreviousData });
}
