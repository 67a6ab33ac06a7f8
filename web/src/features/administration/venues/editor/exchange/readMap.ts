import { msg } from "@lingui/core/macro";
import * as z from "zod/mini";
import { says } from "@/lib/forms";
import type { SeatMap } from "@/ui/seats/geometry/places";

const key = z.string().check(z.minLength(1), z.maxLength(30));
const name = z.string().check(z.minLength(1), z.maxLength(100));
const seat = z.object({
  key,
  x: z.int(),
  y: z.int(),
  category: key,
  accessible: z._default(z.boolean(), false),
  companion: z._default(z.boolean(), false),
});
const row = z.object({ key, seats: z.array(seat), aisles_after: z._default(z.array(key), []) });
const map = z.object({
  categories: z.array(z.object({ key, name })),
  sections: z._default(z.array(z.object({ key, name, rows: z.array(row) })), []),
  areas: z._default(
    z.array(z.object({ key, name, category: key, capacity: z.int(), outline: z._default(z.array(z.tuple([z.int(), z.int()])), []) })),
    [],
  ),
}, says(msg`This is no seat map.`));

/** Answer the map that a text says as JSON, or where it says something else. */
export function readMap(text: string): { map: SeatMap } | { fault: string } {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch (error) {
    return { fault: String((error as Error).message) };
  }
  const result = map.safeParse(said);
  if (result.success) return { map: result.data };
  const [first] = result.error.issues;
  return { fault: [first?.path.join("."), first?.message].filter(Boolean).join(": ") };
}
