import * as z from "zod/mini";

/** Where to go after signing in; only paths of this app, so that no link leads astray. */
export const signInSearch = z.object({
  next: z.catch(z.optional(z.string().check(z.regex(/^\/(?!\/|\\)/))), undefined),
});

/** The token of the set-up link. */
export const setUpSearch = z.object({ token: z.catch(z.string(), "") });
