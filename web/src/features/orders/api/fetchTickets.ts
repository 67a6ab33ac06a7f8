import { useMutation } from "@tanstack/react-query";
import { client } from "@/lib/api/client";
import { saveFile } from "@/lib/saveFile";

/** Fetch the tickets of an order as a PDF, and hand it to the browser as a file. */
export function useTickets(order_id: number) {
  return useMutation({
    mutationFn: async () => {
      const { data } = await client.GET("/api/v1/orders/{order_id}/tickets.pdf", { params: { path: { order_id } }, parseAs: "blob" });
      saveFile(data as Blob, `tickets-${order_id}.pdf`);
    },
  });
}
