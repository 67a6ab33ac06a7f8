import { useMutation } from "@tanstack/react-query";
import { client } from "@/lib/api/client";
import type { Locale } from "@/lib/i18n/locales";

/** Read the receipt of a payment as a PDF file. */
export function useReceipt() {
  return useMutation({
    mutationFn: async ({ paymentId, language }: { paymentId: number; language: Locale }) => {
      const { data } = await client.GET("/api/v1/payments/{payment_id}/receipt", {
        params: { path: { payment_id: paymentId }, query: { language } },
        parseAs: "blob",
      });
      return data as unknown as Blob;
    },
  });
}
