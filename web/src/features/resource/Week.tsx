import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useMe } from "@/lib/api/readMe";
import { useLocale } from "@/lib/i18n/useLocale";
import { instantOfFields } from "@/lib/time/fields";
import { dayKey, firstDayOfWeek, zoneWords } from "@/lib/time/format";
import { startOfDay } from "@/lib/time/wallClock";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { daysOfWeek } from "@/ui/week/layout";
import { WeekButtons } from "@/ui/week/WeekButtons";
import { type Stretch, WeekCalendar } from "@/ui/week/WeekCalendar";
import { useOpeningHours } from "./api/readOpeningHours";
import { useWeek } from "./api/readWeek";
import { closedIn } from "./openingHours";

type Busy = components["schemas"]["BusyShown"];

interface Props {
  resource: components["schemas"]["ResourceShape"];
  /** A day of the week to show, as `2027-03-28`; the present week without one. */
  day: string | undefined;
  onDay: (day: string | undefined) => void;
  /** Is told of a free half hour that was clicked. */
  onPick?: (start: Date) => void;
}

/** A week of the resource on its own clocks: what is reserved, by oneself and by others, and when it is closed. */
export function Week({ resource, day, onDay, onPick }: Props) {
  const { t } = useLingui();
  const locale = useLocale();
  const viewer = useViewerZone();
  const zone = resource.timezone;
  const days = useMemo(() => {
    const shown = (day && instantOfFields({ date: day, time: "12:00" }, zone)) || new Date();
    return daysOfWeek(shown, zone, firstDayOfWeek(locale));
  }, [day, zone, locale]);
  const week = useWeek(resource.id, days[0]!.start, days[6]!.end, true);
  const hours = useOpeningHours(resource.id).data;
  const shownAs = useStretches();
  const closed = (hours ? days.flatMap((one) => closedIn(one, zone, hours.effective)) : []).map((one) => ({
    ...one,
    key: `closed ${one.start.toISOString()}`,
    kind: "closed" as const,
    label: t`Closed`,
  }));
  const go = (by: number) => onDay(dayKey(startOfDay(days[0]!.start, zone, by * 7), zone));
  const place = zoneWords(zone);
  return (
    <Paper p={{ base: "md", sm: "lg" }} withBorder component="section" aria-label={t`Week`}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2}>{monthWords(days[0]!.start, days[6]!.start, zone, locale)}</Title>
          <WeekButtons onGo={go} onPresent={() => onDay(undefined)} />
        </Group>
        {viewer !== zone && (
          <Text size="sm" c="dimmed">
            <Trans>On the clocks of {place}.</Trans>
          </Text>
        )}
        {week.isPending && <ListSkeleton rows={1} height={320} />}
        {week.isError && <ProblemAlert error={week.error} onRetry={() => void week.refetch()} />}
        {week.data && <WeekCalendar days={days} zone={zone} stretches={[...closed, ...week.data.items.map(shownAs)]} onPick={onPick} />}
      </Stack>
    </Paper>
  );
}

/** Answer how busy time is shown: what is one's own leads to it, what is others' says no more than that. */
function useStretches(): (busy: Busy) => Stretch {
  const { t } = useLingui();
  const me = useMe().data;
  return (one) => {
    const times = { key: `${one.kind} ${one.start}`, start: new Date(one.start), end: new Date(one.end) };
    if (one.kind === "blackout") return { ...times, kind: "blocked", label: one.reason ? t`Blocked: ${one.reason}` : t`Blocked` };
    const id = one.reservation_id;
    if (!id) return { ...times, kind: "taken", label: t`Taken` };
    const isOwn = one.owner?.id === me?.id;
    const name = one.title || (isOwn ? t`Yours` : (one.owner?.name ?? t`Taken`));
    const link: Stretch["link"] = (label) => (
      <Anchor inherit renderRoot={(props) => <Link to="/reservations/$reservationId" params={{ reservationId: id }} {...props} />}>
        {label}
      </Anchor>
    );
    return { ...times, kind: isOwn ? "own" : "taken", label: name, link };
  };
}

function monthWords(first: Date, last: Date, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: zone, day: "numeric", month: "long", year: "numeric" }).formatRange(first, last);
}
