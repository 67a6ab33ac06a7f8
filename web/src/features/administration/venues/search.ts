import * as z from "zod/mini";

/** Which part of a venue is shown, its map unless another is named. */
export const venueSearch = z.object({ part: z.catch(z.optional(z.enum(["versions"])), undefined) });
