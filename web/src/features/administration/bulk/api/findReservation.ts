import { client } from "@/lib/api/client";

/** Answer the zone of what a reservation has. */
export async function zoneOfReservation(word: string): Promise<string | null> {
  if (!/^\d{1,15}$/.test(word)) return null;
  const path = { reservation_id: Number(word) };
  const found = await client.GET("/api/v1/reservations/{reservation_id}", { params: { path } }).catch(() => null);
  return found?.data?.resources[0]?.timezone ?? null;
}
