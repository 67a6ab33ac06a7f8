import { useLingui } from "@lingui/react/macro";
import { SimpleGrid, Text, TextInput } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";
import { fieldsOf, instantOfFields, type TimeFields } from "@/lib/time/fields";
import { lengthWords, zoneWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";

/** What the fields hold; it may be half filled in. */
export interface SpanFields {
  start: TimeFields;
  end: TimeFields;
}

interface Props {
  value: SpanFields;
  zone: string;
  onChange: (next: SpanFields) => void;
  /** It is to be looked in, not to be had: then its length means nothing. */
  isWindow?: boolean;
}

/** Answer the fields of a stretch of time, on the clocks of a zone. */
export function spanFields(start: Date, end: Date, zone: string): SpanFields {
  return { start: fieldsOf(start, zone), end: fieldsOf(end, zone) };
}

/** Answer the stretch that the fields name, or none if it is not one. */
export function spanOf(value: SpanFields, zone: string): { start: Date; end: Date } | null {
  const [start, end] = [instantOfFields(value.start, zone), instantOfFields(value.end, zone)];
  return start && end && start < end ? { start, end } : null;
}

/** From when until when, on the clocks of the resource. Another first day takes the last one with it. */
export function TimeSpanFields({ value, zone, onChange, isWindow = false }: Props) {
  const { t } = useLingui();
  const locale = useLocale();
  const viewer = useViewerZone();
  const span = spanOf(value, zone);
  const place = zoneWords(zone);
  const endsWrong = !span && instantOfFields(value.start, zone) !== null && instantOfFields(value.end, zone) !== null;
  const setStartDay = (date: string) => {
    const sameDay = value.start.date === value.end.date;
    onChange({ start: { ...value.start, date }, end: sameDay ? { ...value.end, date } : value.end });
  };
  return (
    <>
      <SimpleGrid cols={2} spacing="sm" verticalSpacing="sm">
        <TextInput type="date" required label={t`First day`} value={value.start.date} onChange={(event) => setStartDay(event.currentTarget.value)} />
        <TextInput
          type="time"
          required
          label={t`From`}
          value={value.start.time}
          onChange={(event) => onChange({ ...value, start: { ...value.start, time: event.currentTarget.value } })}
        />
        <TextInput
          type="date"
          required
          label={t`Last day`}
          value={value.end.date}
          onChange={(event) => onChange({ ...value, end: { ...value.end, date: event.currentTarget.value } })}
        />
        <TextInput
          type="time"
          required
          label={t`Until`}
          error={endsWrong && t`The end must lie after the start.`}
          value={value.end.time}
          onChange={(event) => onChange({ ...value, end: { ...value.end, time: event.currentTarget.value } })}
        />
      </SimpleGrid>
      <Text size="sm" c="dimmed" mt={-8}>
        {[span && !isWindow && lengthWords(span.start, span.end, locale), viewer !== zone && t`${place} time`].filter(Boolean).join(" · ")}
      </Text>
    </>
  );
}
