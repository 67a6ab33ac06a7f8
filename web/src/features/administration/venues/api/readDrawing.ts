import { api } from "@/lib/api/client";
import type { SeatMap } from "@/ui/seats/geometry/places";

/** Have a map read from an SVG; nothing is saved by it. */
export function useReadDrawing() {
  const reading = api.useMutation("post", "/api/v1/seat-maps/from-svg");
  return async (svg: string, centimetres_per_unit: number) => {
    const found = await reading.mutateAsync({
      params: { query: { centimetres_per_unit } },
      body: svg,
      bodySerializer: (text) => text,
      headers: { "Content-Type": "image/svg+xml" },
    });
    // The client takes a pair of numbers for a list of any length.
    return found as SeatMap;
  };
}
