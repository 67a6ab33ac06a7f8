import * as z from "zod/mini";

export const VIEWS = ["waiting", "over"] as const;
export type View = (typeof VIEWS)[number];

/** Which of one's places are shown; what is none of the views shows those that are not over. */
export const waitlistSearch = z.object({ view: z.catch(z.optional(z.enum(VIEWS)), undefined) });
