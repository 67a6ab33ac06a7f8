import * as z from "zod/mini";

/** What somebody wished for elsewhere, such as in the command palette, to be found at the start. */
export const homeSearch = z.object({ wish: z.catch(z.optional(z.string().check(z.maxLength(200))), undefined) });
