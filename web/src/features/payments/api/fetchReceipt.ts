import { useLingui } from "@lingui/react";
import { useMutation } from "@tanstack/react-query";
import { client } from "@/lib/api/client";
import { saveFile } from "@/lib/saveFile";

/** Fetch the receipt of a payment, in the language that is spoken, and hand it to the browser as a file. */
export function useReceipt(payment_id: number) {
  const { i18n } = useLingui();
  return useMutation({
    mutationFn: async () => {
      const { data } = await client.GET("/api/v1/payments/{payment_id}/receipt", {
        params: { path: { payment_id }, query: { language: i18n.locale as "en" | "fr" | "es" } },
        parseAs: "blob",
      });
      saveFile(data as Blob, `berth-${payment_id}.pdf`);
    },
  });
}
