import { useLingui } from "@lingui/react/macro";
import { SimpleGrid, TextInput } from "@mantine/core";
import { useState } from "react";
import { fieldsOf, instantOfFields } from "@/lib/time/fields";
import { useViewerZone } from "@/lib/time/ViewerZone";

interface Window {
  from: string | undefined;
  until: string | undefined;
}

interface Props extends Window {
  onChange: (window: Window) => void;
}

/** Between which times it has to be free, on the viewer's clocks. Only a whole window narrows what is found. */
export function WindowFields({ from, until, onChange }: Props) {
  const { t } = useLingui();
  const zone = useViewerZone();
  const [start, end] = [from && fieldsOf(new Date(from), zone), until && fieldsOf(new Date(until), zone)];
  const [fields, setFields] = useState({ date: start ? start.date : "", since: start ? start.time : "", until: end ? end.time : "" });
  const set = (some: Partial<typeof fields>) => {
    const next = { ...fields, ...some };
    setFields(next);
    const [begins, ends] = [instantOfFields({ date: next.date, time: next.since }, zone), instantOfFields({ date: next.date, time: next.until }, zone)];
    if (begins && ends && begins < ends) onChange({ from: begins.toISOString(), until: ends.toISOString() });
    else if (from) onChange({ from: undefined, until: undefined });
  };
  const isTurned = fields.since !== "" && fields.until !== "" && fields.since >= fields.until;
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="md">
      <TextInput type="date" label={t`Free on`} value={fields.date} onChange={(event) => set({ date: event.currentTarget.value })} />
      <TextInput type="time" label={t`From`} value={fields.since} onChange={(event) => set({ since: event.currentTarget.value })} />
      <TextInput
        type="time"
        label={t`Until`}
        error={isTurned && t`The end must lie after the start.`}
        value={fields.until}
        onChange={(event) => set({ until: event.currentTarget.value })}
      />
    </SimpleGrid>
  );
}
