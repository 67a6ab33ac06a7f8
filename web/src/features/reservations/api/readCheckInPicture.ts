import { useQuery } from "@tanstack/react-query";
import { client } from "@/lib/api/client";

/** Read the QR code that opens check-in, as the text of an SVG picture. */
export function useCheckInPicture(reservation_id: number, enabled: boolean) {
  return useQuery({
    queryKey: ["get", "/api/v1/reservations/{reservation_id}/check-in.svg", reservation_id],
    queryFn: async () => {
      const { data } = await client.GET("/api/v1/reservations/{reservation_id}/check-in.svg", {
        params: { path: { reservation_id } },
        parseAs: "text",
      });
      return String(data);
    },
    enabled,
    gcTime: 0,
  });
}
