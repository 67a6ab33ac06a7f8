import * as z from "zod/mini";

export const VIEWS = ["list", "timeline"] as const;
export const SPANS = ["day", "week"] as const;
export type View = (typeof VIEWS)[number];
export type Span = (typeof SPANS)[number];

const INSTANT = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/));
const maybe = <Schema extends z.ZodMiniType>(schema: Schema) => z.catch(z.optional(schema), undefined);

/**
 * What is looked for, and how it is shown. `from` and `until` are instants between which it must be free, for all of
 * the time or for so many `minutes`; `day` is the first day of the timeline, or a day of its week.
 */
export const findSearch = z.object({
  text: maybe(z.string().check(z.maxLength(200))),
  site: maybe(z.number().check(z.int(), z.positive())),
  capacity: maybe(z.number().check(z.int(), z.positive())),
  tags: maybe(z.array(z.string()).check(z.maxLength(10))),
  kind: maybe(z.string().check(z.maxLength(50))),
  from: maybe(INSTANT),
  until: maybe(INSTANT),
  minutes: maybe(z.number().check(z.int(), z.positive(), z.maximum(10_080))),
  view: maybe(z.enum(VIEWS)),
  span: maybe(z.enum(SPANS)),
  day: maybe(z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/))),
});

export type FindSearch = z.infer<typeof findSearch>;

/** Which of the parameters narrow what is found; the others say how it is shown. */
export const FILTERS = ["text", "site", "capacity", "tags", "kind", "from"] as const satisfies readonly (keyof FindSearch)[];
