import * as z from "zod/mini";

const words = z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(200))), undefined);

/** Which entries are listed. `from` and `until` are days such as 2027-03-28, the latter among them. */
export const auditSearch = z.object({
  actor: z.catch(z.optional(z.int()), undefined),
  kind: words,
  subject: words,
  type: words,
  text: words,
  from: z.catch(z.optional(z.iso.date()), undefined),
  until: z.catch(z.optional(z.iso.date()), undefined),
});

export type AuditSearch = z.infer<typeof auditSearch>;
