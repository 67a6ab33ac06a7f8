import * as z from "zod/mini";

export const VIEWS = ["upcoming", "past", "cancelled", "series"] as const;
export type View = (typeof VIEWS)[number];

const date = z.catch(z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))), undefined);

/** Which of one's reservations are shown, and from which day to which, or one's series; what is none of the views shows those ahead. */
export const reservationsSearch = z.object({
  view: z.catch(z.optional(z.enum(VIEWS)), undefined),
  resource: z.catch(z.optional(z.coerce.number().check(z.int(), z.positive())), undefined),
  from: date,
  until: date,
});

/** The code of the QR code that opens check-in; the router reads digits as a number. */
export const checkInSearch = z.object({ code: z.catch(z.optional(z.coerce.string().check(z.regex(/^\d{4,12}$/))), undefined) });
