import * as z from "zod/mini";

/** A day of the week that is shown, on the resource's calendar; the present week without one. */
export const resourceSearch = z.object({ week: z.catch(z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))), undefined) });
