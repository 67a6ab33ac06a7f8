import * as z from "zod/mini";

const words = z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(200))), undefined);

/** Which resources are listed. */
export const resourcesSearch = z.object({
  text: words,
  kind: words,
  tag: words,
  site: z.catch(z.optional(z.int()), undefined),
  retired: z.catch(z.optional(z.boolean()), undefined),
});

export const RESOURCE_PARTS = ["facts", "hours", "rules", "waitlist", "calendars"] as const;
export type ResourcePart = (typeof RESOURCE_PARTS)[number];

/** Which part of a resource is shown; what is none of them shows its facts. */
export const resourceSearch = z.object({ part: z.catch(z.optional(z.enum(RESOURCE_PARTS)), undefined) });
