import { api } from "@/lib/api/client";

/** Read the code that opens the door; it is asked for when it is wanted, and not kept. */
export function useAccessCode(reservation_id: number, enabled: boolean) {
  return api.useQuery(
    "get",
    "/api/v1/reservations/{reservation_id}/access-code",
    { params: { path: { reservation_id } } },
    { enabled, gcTime: 0, staleTime: 0 },
  );
}
