import { useMutation } from "@tanstack/react-query";
import { client } from "@/lib/api/client";

/** Read a reservation as a calendar file with one entry. */
export function useCalendarFile() {
  return useMutation({
    mutationFn: async (reservation_id: number) => {
      const { data } = await client.GET("/api/v1/reservations/{reservation_id}/calendar.ics", { params: { path: { reservation_id } }, parseAs: "blob" });
      return data as unknown as Blob;
    },
  });
}
