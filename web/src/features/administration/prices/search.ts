import * as z from "zod/mini";

export const PAYMENT_STATES = ["opening", "awaiting", "authorised", "taken", "part_returned", "returned", "declined"] as const;

/** Which payments are listed. */
export const paymentsSearch = z.object({
  state: z.catch(z.optional(z.enum(PAYMENT_STATES)), undefined),
  person: z.catch(z.optional(z.int()), undefined),
});
