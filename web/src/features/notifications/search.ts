import * as z from "zod/mini";

/** Whether only what is not read is shown. */
export const notificationsSearch = z.object({ view: z.catch(z.optional(z.enum(["unread"])), undefined) });
