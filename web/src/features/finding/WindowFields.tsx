import { useLingui } from "@lingui/react/macro";
import { Select, SimpleGrid, TextInput } from "@mantine/core";
import { useState } from "react";
import { useLocale } from "@/lib/i18n/useLocale";
import { fieldsOf, instantOfFields } from "@/lib/time/fields";
import { lengthWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";

interface Window {
  from: string | undefined;
  until: string | undefined;
  minutes: number | undefined;
}

/** The lengths that are offered; those that do not fit into the time are left out. */
const LENGTHS = [15, 30, 45, 60, 90, 120, 180, 240, 360, 480] as const;
const ALL = "all";
const MINUTE_MS = 60_000;

interface Props extends Window {
  onChange: (window: Window) => void;
}

/**
 * Between which times it has to be free, on the viewer's clocks, and for how long of it. Only a whole window narrows
 * what is found.
 */
export function WindowFields({ from, until, minutes, onChange }: Props) {
  const { t } = useLingui();
  const locale = useLocale();
  const zone = useViewerZone();
  const [start, end] = [from && fieldsOf(new Date(from), zone), until && fieldsOf(new Date(until), zone)];
  const [fields, setFields] = useState({ date: start ? start.date : "", since: start ? start.time : "", until: end ? end.time : "" });
  const set = (some: Partial<typeof fields>) => {
    const next = { ...fields, ...some };
    setFields(next);
    const [begins, ends] = [instantOfFields({ date: next.date, time: next.since }, zone), instantOfFields({ date: next.date, time: next.until }, zone)];
    if (begins && ends && begins < ends) onChange({ from: begins.toISOString(), until: ends.toISOString(), minutes: minutes && begins.getTime() + minutes * MINUTE_MS < ends.getTime() ? minutes : undefined });
    else if (from) onChange({ from: undefined, until: undefined, minutes: undefined });
  };
  const isTurned = fields.since !== "" && fields.until !== "" && fields.since >= fields.until;
  const whole = from && until ? (Date.parse(until) - Date.parse(from)) / MINUTE_MS : 0;
  const lengths = [...new Set([...LENGTHS, ...(minutes ? [minutes] : [])])].filter((one) => one < whole).sort((one, two) => one - two);
  const words = (length: number) => lengthWords(new Date(0), new Date(length * MINUTE_MS), locale);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="md">
      <TextInput type="date" label={t`Free on`} value={fields.date} onChange={(event) => set({ date: event.currentTarget.value })} />
      <TextInput type="time" label={t`From`} value={fields.since} onChange={(event) => set({ since: event.currentTarget.value })} />
      <TextInput
        type="time"
        label={t`Until`}
        error={isTurned && t`The end must lie after the start.`}
        value={fields.until}
        onChange={(event) => set({ until: event.currentTarget.value })}
      />
      <Select
        label={t`For how long`}
        disabled={!from || !until}
        allowDeselect={false}
        data={[{ value: ALL, label: t`All of this time` }, ...lengths.map((one) => ({ value: String(one), label: words(one) }))]}
        value={minutes ? String(minutes) : ALL}
        onChange={(next) => onChange({ from, until, minutes: next === ALL || next === null ? undefined : Number(next) })}
      />
    </SimpleGrid>
  );
}
