import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/lib/api/client";

/** List when one is busy by the calendars that one follows; nobody else is told. */
export function useBusy(from: Date, until: Date) {
  const query = { from: from.toISOString(), until: until.toISOString() };
  return api.useQuery("get", "/api/v1/calendars/busy", { params: { query } }, { placeholderData: keepPreviousData });
}
