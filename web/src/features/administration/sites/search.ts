import * as z from "zod/mini";

const SITE_PARTS = ["facts", "hours", "rules", "terms", "holidays"] as const;
export type SitePart = (typeof SITE_PARTS)[number];

/** Which part of a site is shown; what is none of them shows its facts. */
export const siteSearch = z.object({ part: z.catch(z.optional(z.enum(SITE_PARTS)), undefined) });
