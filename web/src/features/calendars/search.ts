import * as z from "zod/mini";

const PARTS = ["feeds", "programs", "outside"] as const;
export type Part = (typeof PARTS)[number];

/** Which part of the calendars is shown, the feeds unless another is named; and a day of the week of one's busy times. */
export const calendarsSearch = z.object({
  part: z.catch(z.optional(z.enum(PARTS)), undefined),
  week: z.catch(z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))), undefined),
});
