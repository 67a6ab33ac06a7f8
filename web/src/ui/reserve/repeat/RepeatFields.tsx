import { Trans, useLingui } from "@lingui/react/macro";
import { Chip, Group, Input, NativeSelect, SimpleGrid, TextInput } from "@mantine/core";
import { monthlyWays, type MonthlyWay, placeOf, type Repeat, type Rhythm, RHYTHMS, WEEKDAYS, weekdayOf } from "@/lib/rrule/repeat";
import { monthDayWords, placedDayWords, weekdayWords } from "@/lib/rrule/words";
import type { ReservableResource } from "../wish";
import { useTerms } from "./api/listTerms";
import { useResource } from "./api/readResource";

interface Props {
  value: Repeat;
  onChange: (part: Partial<Repeat>) => void;
  firstDay: string;
  resource: ReservableResource | undefined;
}

/** How often it recurs, on which days, and until when. */
export function RepeatFields({ value, onChange, firstDay, resource }: Props) {
  const { t } = useLingui();
  const site = useResource(resource?.id).data?.site_id;
  const terms = useTerms(site).data?.items ?? [];
  const rhythms: Record<Rhythm, string> = {
    never: t`Never`,
    daily: t`Daily`,
    weekly: t`Weekly`,
    monthly: t`Monthly`,
    yearly: t`Yearly`,
    term: t`Weekly, in a term`,
  };
  const offered = RHYTHMS.filter((one) => one !== "term" || terms.length > 0 || value.rhythm === "term");
  const choose = (rhythm: Rhythm) => onChange({ rhythm, ...(rhythm === "term" && value.termId === null ? { termId: terms[0]?.id ?? null } : {}) });
  return (
    <>
      <NativeSelect size="md" label={t`Repeat`} value={value.rhythm} data={offered.map((one) => ({ value: one, label: rhythms[one] }))} onChange={(event) => choose(event.currentTarget.value as Rhythm)} />
      {value.rhythm !== "never" && <Every value={value} onChange={onChange} />}
      {(value.rhythm === "weekly" || value.rhythm === "term") && <Weekdays value={value} onChange={onChange} />}
      {value.rhythm === "monthly" && firstDay && <Monthly value={value} onChange={onChange} firstDay={firstDay} />}
      {value.rhythm === "term" && (
        <NativeSelect
          size="md"
          label={t`Term`}
          value={String(value.termId)}
          data={terms.map((one) => ({ value: String(one.id), label: one.name }))}
          onChange={(event) => onChange({ termId: Number(event.currentTarget.value) })}
        />
      )}
      {value.rhythm !== "never" && value.rhythm !== "term" && <Ends value={value} onChange={onChange} firstDay={firstDay} />}
    </>
  );
}

type PartProps = Pick<Props, "value" | "onChange">;

function Every({ value, onChange }: PartProps) {
  const { t } = useLingui();
  const units = { never: "", daily: t`days`, weekly: t`weeks`, monthly: t`months`, yearly: t`years`, term: t`weeks` };
  return (
    <Input.Wrapper size="md" label={t`Every`} labelProps={{ htmlFor: "repeat-interval" }}>
      <Group gap="sm">
        <TextInput id="repeat-interval" inputMode="numeric" w={88} value={value.interval} onChange={(event) => onChange({ interval: event.currentTarget.value.trim() })} />
        <span aria-hidden>{units[value.rhythm]}</span>
      </Group>
    </Input.Wrapper>
  );
}

function Weekdays({ value, onChange }: PartProps) {
  return (
    <Input.Wrapper size="md" labelElement="div" label={<Trans>On these days</Trans>} error={value.days.length === 0 && <Trans>Choose a day at least.</Trans>}>
      <Chip.Group multiple value={value.days.map(String)} onChange={(days) => onChange({ days: days.map(Number) })}>
        <Group gap={6} mt={4}>
          {WEEKDAYS.map((name, day) => (
            <Chip key={name} value={String(day)} size="sm" aria-label={weekdayWords(day)}>
              {weekdayWords(day, "short")}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}

function Monthly({ value, onChange, firstDay }: PartProps & { firstDay: string }) {
  const { t } = useLingui();
  const weekday = weekdayOf(firstDay);
  const words: Record<MonthlyWay, string> = {
    date: monthDayWords(Number(firstDay.slice(8, 10))),
    lastDate: monthDayWords(-1),
    weekday: placedDayWords(placeOf(firstDay), weekday),
    lastWeekday: placedDayWords(-1, weekday),
  };
  const ways = monthlyWays(firstDay);
  return (
    <NativeSelect
      size="md"
      label={t`On which day of the month`}
      value={ways.includes(value.monthly) ? value.monthly : "date"}
      data={ways.map((one) => ({ value: one, label: words[one] }))}
      onChange={(event) => onChange({ monthly: event.currentTarget.value as MonthlyWay })}
    />
  );
}

function Ends({ value, onChange, firstDay }: PartProps & { firstDay: string }) {
  const { t } = useLingui();
  return (
    <SimpleGrid cols={2} spacing="sm">
      <NativeSelect
        size="md"
        label={t`It ends`}
        value={value.ends}
        data={[
          { value: "count", label: t`after a count` },
          { value: "day", label: t`on a day` },
        ]}
        onChange={(event) => onChange({ ends: event.currentTarget.value as Repeat["ends"] })}
      />
      {value.ends === "count" ? (
        <TextInput label={t`How often`} inputMode="numeric" value={value.count} onChange={(event) => onChange({ count: event.currentTarget.value.trim() })} />
      ) : (
        <TextInput
          type="date"
          label={t`Last day of the series`}
          min={firstDay}
          value={value.until}
          error={value.until && value.until < firstDay ? t`It lies before the first day.` : undefined}
          onChange={(event) => onChange({ until: event.currentTarget.value })}
        />
      )}
    </SimpleGrid>
  );
}
