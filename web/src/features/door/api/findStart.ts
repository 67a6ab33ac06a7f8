import { client } from "@/lib/api/client";

/** Answer the first instant at which the resource can be reserved for so many minutes, or none in the next days. */
export async function findStart(resource_id: number, minutes: number): Promise<Date | null> {
  const params = { path: { resource_id }, query: { minutes } };
  const { data } = await client.GET("/api/v1/resources/{resource_id}/availability", { params });
  const first = data?.items[0];
  return first ? new Date(first.start) : null;
}
