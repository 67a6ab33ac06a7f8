import type { components } from "@generated/schema";
import { api } from "@/lib/api/client";

/** Ask what a series would come to; nothing is reserved by that, and nothing is asked while there is no wish. */
export function usePreview(body: components["schemas"]["SeriesPreview"] | null) {
  const asked = body ?? { start: "", end: "", rule: "", exdates: [], rdates: [], skip_holidays: true };
  return api.useQuery("post", "/api/v1/reservations/recurring/preview", { body: asked }, { enabled: body !== null });
}
