import type { components } from "@generated/schema";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { idempotent } from "@/lib/api/client";
import { WishKeys } from "@/lib/api/wishKey";
import { neverRepeat, type Repeat, weekdayOf, writeRule } from "@/lib/rrule/repeat";
import type { ReservableResource } from "../wish";
import { useCreateSeries } from "./api/createSeries";
import { usePreview } from "./api/previewSeries";
import { choicesOf, type Conflicts, type Decisions, outcomeOf } from "./decisions";

type Preview = components["schemas"]["PreviewShown"];
type Wanted = components["schemas"]["SeriesPreview"];
export type SeriesMade = components["schemas"]["SeriesMade"];

const DEBOUNCE_MS = 300;

/** What the rest of the dialogue says; `firstDay` is that of its field, such as `2027-03-02`. */
interface Said {
  resources: readonly ReservableResource[];
  times: { start: Date; end: Date } | null;
  firstDay: string;
  ownerId: number | null;
}

/** Answer what is to recur, what it would come to, and how all of it is reserved. */
export function useRepeating(said: Said) {
  const fields = useRepeatFields(said.firstDay);
  const [skipHolidays, setSkipHolidays] = useState(true);
  const [conflicts, setConflicts] = useState<Conflicts>("fail");
  const [decisions, setDecisions] = useState<Decisions>({});
  const body = wanted(said, fields.repeat, skipHolidays);
  const [asked] = useDebouncedValue(JSON.stringify(body), DEBOUNCE_MS);
  const preview = usePreview(JSON.parse(asked) as Wanted | null);
  const looks = preview.data?.items ?? [];
  const outcomes = looks.map((look) => outcomeOf(look, conflicts, decisions));
  const isCurrent = body !== null && JSON.stringify(body) === asked && preview.isSuccess;
  const making = useMakingSeries();
  return {
    ...fields,
    isOn: fields.repeat.rhythm !== "never",
    skipHolidays,
    setSkipHolidays,
    conflicts,
    setConflicts,
    decide: (occurrence: string, decision: Decisions[string]) => setDecisions({ ...decisions, [occurrence]: decision }),
    decisions,
    preview,
    isAsked: body !== null,
    open: outcomes.filter((one) => one === "open").length,
    placed: outcomes.filter((one) => one === "placed" || one === "instead").length,
    canSend: isCurrent && outcomes.some((one) => one !== "left") && !outcomes.includes("open"),
    send: (title: string) => body && making.send({ ...body, title: title.trim(), conflicts, choices: choicesOf(looks, conflicts, decisions) }),
    making,
  };
}

export type Repeating = ReturnType<typeof useRepeating>;
export type { Preview };

/** The weekday of the first day is meant until others are chosen, and moves with that day. */
function useRepeatFields(firstDay: string) {
  const [kept, setKept] = useState(() => neverRepeat(firstDay));
  const [ownDays, setOwnDays] = useState(false);
  const repeat: Repeat = ownDays || !firstDay ? kept : { ...kept, days: [weekdayOf(firstDay)] };
  const change = (part: Partial<Repeat>) => {
    if (part.days) setOwnDays(true);
    setKept({ ...repeat, ...part });
  };
  return { repeat, change };
}

function useMakingSeries() {
  const [keys] = useState(() => new WishKeys());
  const [error, setError] = useState<unknown>(null);
  const [made, setMade] = useState<SeriesMade | null>(null);
  const creating = useCreateSeries();
  const send = async (body: components["schemas"]["SeriesCreate"]) => {
    setError(null);
    try {
      setMade(await keys.send(JSON.stringify(body), (key) => creating.mutateAsync({ params: { header: idempotent(key) }, body })));
    } catch (refused) {
      setError(refused);
    }
  };
  return { send, error, made, isPending: creating.isPending };
}

function wanted({ resources, times, firstDay, ownerId }: Said, repeat: Repeat, skipHolidays: boolean): Wanted | null {
  const rule = writeRule(repeat, firstDay);
  if (!rule || !times || resources.length === 0) return null;
  return {
    resource_ids: resources.map((one) => one.id),
    start: times.start.toISOString(),
    end: times.end.toISOString(),
    rule,
    term_id: repeat.rhythm === "term" ? repeat.termId : null,
    skip_holidays: skipHolidays,
    owner_id: ownerId,
    exdates: [],
    rdates: [],
  };
}
