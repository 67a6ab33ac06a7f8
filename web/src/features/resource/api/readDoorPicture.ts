import { useQuery } from "@tanstack/react-query";
import { client } from "@/lib/api/client";

/** Read the QR code that opens a resource's door display, as the text of an SVG picture. */
export function useDoorPicture(resource_id: number) {
  return useQuery({
    queryKey: ["get", "/api/v1/resources/{resource_id}/door.svg", resource_id],
    queryFn: async () => {
      const { data } = await client.GET("/api/v1/resources/{resource_id}/door.svg", {
        params: { path: { resource_id } },
        parseAs: "text",
      });
      return String(data);
    },
    staleTime: Infinity,
  });
}
