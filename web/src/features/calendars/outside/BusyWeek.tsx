import { Trans, useLingui } from "@lingui/react/macro";
import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useLocale } from "@/lib/i18n/useLocale";
import { instantOfFields } from "@/lib/time/fields";
import { dateWords, dayKey, firstDayOfWeek } from "@/lib/time/format";
import { startOfDay } from "@/lib/time/wallClock";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { daysOfWeek } from "@/ui/week/layout";
import { WeekButtons } from "@/ui/week/WeekButtons";
import { WeekCalendar } from "@/ui/week/WeekCalendar";
import { useBusy } from "./api/listBusy";

const route = getRouteApi("/signed-in/profile/calendars");

/** A week of one's own busy times, on one's own clocks; `names` are those of the calendars, by id. */
export function BusyWeek({ names }: { names: ReadonlyMap<number, string> }) {
  const { t } = useLingui();
  const locale = useLocale();
  const zone = useViewerZone();
  const { week } = route.useSearch();
  const navigate = route.useNavigate();
  const days = useMemo(() => {
    const shown = (week && instantOfFields({ date: week, time: "12:00" }, zone)) || new Date();
    return daysOfWeek(shown, zone, firstDayOfWeek(locale));
  }, [week, zone, locale]);
  const busy = useBusy(days[0]!.start, days[6]!.end);
  const show = (day: string | undefined) => void navigate({ search: (before) => ({ ...before, week: day }), replace: true });
  const go = (by: number) => show(dayKey(startOfDay(days[0]!.start, zone, by * 7), zone));
  const stretches = (busy.data?.items ?? []).map((one) => ({
    key: `${one.subscription_id} ${one.start} ${one.title}`,
    start: new Date(one.start),
    end: new Date(one.end),
    kind: "taken" as const,
    label: one.title || t`Busy`,
    note: names.size > 1 ? names.get(one.subscription_id) : undefined,
  }));
  const [first, last] = [dateWords(days[0]!.start, zone, locale), dateWords(days[6]!.start, zone, locale)];
  return (
    <Paper p={{ base: "md", sm: "lg" }} withBorder component="section" aria-label={t`When I am busy`} mt="md">
      <Stack gap="sm">
        <Group justify="space-between">
          <div>
            <Title order={2}>
              <Trans>When I am busy</Trans>
            </Title>
            <Text size="sm" c="dimmed" aria-live="polite">
              {first} – {last}
            </Text>
          </div>
          <WeekButtons onGo={go} onPresent={() => show(undefined)} />
        </Group>
        {busy.isPending && <ListSkeleton rows={1} height={320} />}
        {busy.isError && <ProblemAlert error={busy.error} onRetry={() => void busy.refetch()} />}
        {busy.data && <WeekCalendar days={days} zone={zone} stretches={stretches} nothing={t`Nothing that day`} />}
      </Stack>
    </Paper>
  );
}
