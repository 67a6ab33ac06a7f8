import { client } from "@/lib/api/client";

/** Read all resources as a CSV file, which can be imported again. */
export async function exportResources(): Promise<Blob> {
  const { data } = await client.GET("/api/v1/resources/export", { parseAs: "blob" });
  return data as Blob;
}
