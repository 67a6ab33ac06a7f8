import * as z from "zod/mini";

/** Which accounts are listed. */
export const peopleSearch = z.object({
  text: z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(200))), undefined),
  role: z.catch(z.optional(z.enum(["admin", "user", "guest"])), undefined),
  active: z.catch(z.optional(z.boolean()), undefined),
});
