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

export const PARTS = ["facts", "hours", "rules", "terms", "holidays"] as const;

/** Which part of a resource or a site is shown; what is none of them shows its facts. */
export const partSearch = z.object({ part: z.catch(z.optional(z.enum(PARTS)), undefined) });
