import { instantOfField } from "@/lib/time/fields";
import { zoneOfReservation } from "./api/findReservation";
import { zoneOfResource } from "./api/findResource";
import { type Lost, placeKey, placesOf, readSheet, withInstants, writeSheet } from "./sheet";

/** Answer a file with its local times as instants, each by the clocks of what its row reserves, and those that are lost. */
export async function fileWithInstants(text: string): Promise<{ text: string; lost: Lost[] }> {
  const sheet = readSheet(text);
  // What cannot be read here is told by the server, with its row.
  if (!sheet) return { text, lost: [] };
  const zones = new Map<string, string | null>();
  for (const place of placesOf(sheet)) {
    const zone = place.resource ? zoneOfResource(place.resource) : zoneOfReservation(place.reservation ?? "");
    zones.set(placeKey(place), await zone);
  }
  const found = withInstants(sheet, (local, place) => {
    const zone = zones.get(placeKey(place));
    return zone ? instantOfField(local, zone) : null;
  });
  return { text: writeSheet(found.sheet), lost: found.lost };
}
