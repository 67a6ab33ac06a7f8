import { client } from "@/lib/api/client";

/** Have every hash of the record computed anew, and compared with a head that was noted before. */
export async function verifyRecord(head: string | undefined) {
  const { data } = await client.GET("/api/v1/audit/verify", { params: { query: { head } } });
  return data!;
}
