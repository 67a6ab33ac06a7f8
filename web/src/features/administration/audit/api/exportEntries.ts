import { client } from "@/lib/api/client";
import type { AuditFilters } from "../filters";

/** Read the entries that fit as a file; JSON can be verified without Berth. */
export async function exportEntries(query: AuditFilters, format: "csv" | "json"): Promise<Blob> {
  const { data } = await client.GET("/api/v1/audit/export", { params: { query: { ...query, format } }, parseAs: "blob" });
  return data as Blob;
}
