import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, NativeSelect, Stack, Switch, Text } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";
import { rangeWords } from "@/lib/time/format";
import { recurrenceWords } from "@/lib/rrule/words";
import { type Look, Looks } from "@/ui/series/Looks";
import { ListSkeleton } from "../../notice/ListSkeleton";
import { ProblemAlert } from "../../notice/ProblemAlert";
import type { ReservableResource } from "../wish";
import { type Conflicts, outcomeOf } from "./decisions";
import type { Preview, Repeating } from "./useRepeating";

interface Props {
  repeating: Repeating;
  resources: readonly ReservableResource[];
}

/** Every occurrence that there would be, and what is to become of those that cannot be. */
export function PreviewList({ repeating, resources }: Props) {
  const { t } = useLingui();
  const { preview, isAsked } = repeating;
  if (!isAsked)
    return (
      <Text size="sm" c="dimmed" role="status">
        <Trans>Fill in all of it to see every occurrence.</Trans>
      </Text>
    );
  if (preview.isError)
    return (
      <>
        <ProblemAlert error={preview.error} onRetry={() => void preview.refetch()} />
        {!repeating.skipHolidays || <Holidays repeating={repeating} />}
      </>
    );
  if (preview.isPending) return <ListSkeleton rows={2} height={64} />;
  const { items, rule, holidays } = preview.data;
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600}>
        {recurrenceWords({ rule, starts: items[0]!.occurrence })}
      </Text>
      <Counts counts={preview.data.counts} />
      {(holidays.length > 0 || !repeating.skipHolidays) && <Holidays repeating={repeating} found={holidays} />}
      {items.some((one) => one.status !== "free") && <ForAll repeating={repeating} />}
      <Looks label={t`Occurrences`} looks={items} resources={resources}>
        {(look) => <Decide look={look} repeating={repeating} zone={preview.data.timezone} resourceId={resources[0]?.id} />}
      </Looks>
      {repeating.open > 0 && (
        <Text size="sm" role="status" c="var(--mantine-color-error)">
          {t`${plural(repeating.open, { one: "# occurrence is still to be decided.", other: "# occurrences are still to be decided." })}`}
        </Text>
      )}
    </Stack>
  );
}

function Counts({ counts }: { counts: Preview["counts"] }) {
  const [free, busy, refused] = [counts.free ?? 0, counts.busy ?? 0, counts.refused ?? 0];
  return (
    <Text size="sm" c="dimmed" role="status">
      <Trans>
        {free} free · {busy} busy · {refused} not allowed
      </Trans>
    </Text>
  );
}

function Holidays({ repeating, found = [] }: { repeating: Repeating; found?: Preview["holidays"] }) {
  const { t } = useLingui();
  const locale = useLocale();
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const names = found.map((one) => `${day.format(new Date(`${one.occurrence.slice(0, 10)}T00:00:00Z`))} (${one.holiday})`).join(", ");
  return (
    <Switch
      label={t`Pass over holidays`}
      description={names || undefined}
      checked={repeating.skipHolidays}
      onChange={(event) => repeating.setSkipHolidays(event.currentTarget.checked)}
    />
  );
}

function ForAll({ repeating }: { repeating: Repeating }) {
  const { t } = useLingui();
  return (
    <NativeSelect
      size="md"
      label={t`What cannot be reserved`}
      value={repeating.conflicts}
      data={[
        { value: "fail", label: t`Decide one by one` },
        { value: "skip", label: t`Leave all of it out` },
        { value: "alternative", label: t`Take what is free instead` },
      ]}
      onChange={(event) => repeating.setConflicts(event.currentTarget.value as Conflicts)}
    />
  );
}

interface DecideProps {
  look: Look;
  repeating: Repeating;
  zone: string;
  resourceId: number | undefined;
}

/** What is decided of one occurrence; pressed again, it is as chosen for all. */
function Decide({ look, repeating, zone, resourceId }: DecideProps) {
  const { t } = useLingui();
  const locale = useLocale();
  const { occurrence, alternative } = look;
  const outcome = outcomeOf(look, repeating.conflicts, repeating.decisions);
  const date = rangeWords(new Date(look.start), new Date(look.end), zone, locale).date;
  const other = alternative && rangeWords(new Date(alternative.start), new Date(alternative.end), zone, locale);
  const press = (decision: "left" | "instead") => repeating.decide(occurrence, repeating.decisions[occurrence] === decision ? undefined : decision);
  const place = alternative && alternative.resource_id !== resourceId ? `${alternative.resource}, ` : "";
  return (
    <Group gap="xs">
      {alternative && other && (
        <Pressed isOn={outcome === "instead"} label={t`Take instead: ${place}${other.time}`} what={date} onClick={() => press("instead")} />
      )}
      <Pressed isOn={outcome === "left"} label={outcome === "left" ? t`Left out` : t`Leave out`} what={date} onClick={() => press("left")} />
    </Group>
  );
}

function Pressed({ isOn, label, what, onClick }: { isOn: boolean; label: string; what: string; onClick: () => void }) {
  return (
    <Button size="compact-sm" variant={isOn ? "filled" : "default"} aria-pressed={isOn} aria-label={`${label}, ${what}`} styles={{ label: { whiteSpace: "normal" } }} h="auto" mih={30} onClick={onClick}>
      {label}
    </Button>
  );
}
