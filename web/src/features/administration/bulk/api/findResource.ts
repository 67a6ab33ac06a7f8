import { client } from "@/lib/api/client";

const SHOWN_MAX = 200;

/** Answer the zone of the resource that has this exact name or, if there is none, this id. */
export async function zoneOfResource(word: string): Promise<string | null> {
  const found = await client.GET("/api/v1/resources", { params: { query: { text: word, limit: SHOWN_MAX } } });
  const named = found.data?.items.find((one) => one.name === word);
  if (named || !/^\d{1,15}$/.test(word)) return named?.timezone ?? null;
  return zoneOfId(Number(word));
}

async function zoneOfId(resource_id: number): Promise<string | null> {
  const found = await client.GET("/api/v1/resources/{resource_id}", { params: { path: { resource_id } } }).catch(() => null);
  return found?.data?.timezone ?? null;
}
