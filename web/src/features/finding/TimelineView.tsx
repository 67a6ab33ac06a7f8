import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Modal, SegmentedControl, Stack, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useMemo } from "react";
import { useLocale } from "@/lib/i18n/useLocale";
import { fieldsOf } from "@/lib/time/fields";
import { firstDayOfWeek } from "@/lib/time/format";
import { instantOf, startOfDay, startOfWeek } from "@/lib/time/wallClock";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { Icon } from "@/ui/Icon";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { Refusal } from "@/ui/reserve/Refusal";
import { useReserve } from "@/ui/reserve/useReserve";
import { useSchedule } from "./api/readSchedule";
import { useCalendar } from "./calendar";
import { type Moving, useMoving } from "./moving";
import type { Span } from "./search";
import { type Axis, axisOf } from "./timeline/geometry/axis";
import { layoutOf } from "./timeline/geometry/layout";
import { Legend } from "./timeline/Legend";
import type { Deeds, Row, Scene } from "./timeline/scene";
import { Timeline } from "./timeline/Timeline";
import { useNow } from "./timeline/useNow";

const route = getRouteApi("/signed-in/find");

/** What was found, on a timeline of a day or a week. */
export function TimelineView({ rows }: { rows: readonly Row[] }) {
  const isPhone = useMediaQuery("(max-width: 48em)") ?? false;
  const now = useNow();
  const axis = useAxis(rows);
  const ids = useMemo(() => rows.map((one) => one.id).sort((one, two) => one - two), [rows]);
  const schedule = useSchedule(ids, new Date(axis.starts[0]!), new Date(axis.starts[axis.days]!));
  const { blocks, rules } = useCalendar(schedule.data?.pages);
  const layout = useMemo(() => layoutOf(axis.days, isPhone), [axis.days, isPhone]);
  const words = useWords(axis);
  const scene: Scene = useMemo(() => ({ axis, layout, rows, blocks, rules, words }), [axis, layout, rows, blocks, rules, words]);
  const reserve = useReserve();
  const moving = useMoving(words);
  const deeds = useDeeds(reserve.open, moving.change);
  return (
    <Stack gap="sm">
      <Days axis={axis} />
      {schedule.isError && <ProblemAlert error={schedule.error} onRetry={() => void schedule.refetch()} />}
      {schedule.isPending ? (
        <ListSkeleton rows={6} height={48} />
      ) : (
        <Timeline scene={scene} deeds={deeds} now={now} news={moving.news} isStale={schedule.isPlaceholderData} />
      )}
      <Group justify="space-between" gap="xs">
        <Legend />
        <Text size="sm" c="dimmed" visibleFrom="sm">
          <Trans>Drag over free time to reserve it; drag what is yours to move it, its ends to resize it.</Trans>
        </Text>
        <Text size="sm" c="dimmed" hiddenFrom="sm">
          <Trans>Tap a free time to reserve it, or hold and drag.</Trans>
        </Text>
      </Group>
      {reserve.dialog}
      <StaysDialog moving={moving} />
    </Stack>
  );
}

function useDeeds(open: ReturnType<typeof useReserve>["open"], change: Moving["change"]): Deeds {
  const navigate = useNavigate();
  return useMemo(
    () => ({
      create: (row, from, until) => open({ resources: [row], start: new Date(from), end: new Date(until) }),
      change,
      open: (reservationId) => void navigate({ to: "/reservations/$reservationId", params: { reservationId } }),
    }),
    [open, change, navigate],
  );
}

/** Answer the days that are shown, on the clocks that most of the rows have. */
function useAxis(rows: readonly Row[]): Axis {
  const { span = "day", day } = route.useSearch();
  const locale = useLocale();
  const viewer = useViewerZone();
  const zone = useMemo(() => mostCommon(rows.map((one) => one.timezone)) ?? viewer, [rows, viewer]);
  const today = fieldsOf(new Date(), zone).date;
  const shown = day ?? today;
  return useMemo(() => {
    const [year, month, date] = shown.split("-").map(Number) as [number, number, number];
    const noon = instantOf({ year, month, day: date, hour: 12, minute: 0 }, zone);
    const first = span === "week" ? startOfWeek(noon, zone, firstDayOfWeek(locale)) : startOfDay(noon, zone);
    return axisOf(new Date(first.getTime() + 60_000), span === "week" ? 7 : 1, zone);
  }, [shown, span, zone, locale]);
}

function mostCommon(zones: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  zones.forEach((zone) => counts.set(zone, (counts.get(zone) ?? 0) + 1));
  return [...counts].sort((one, two) => two[1] - one[1])[0]?.[0];
}

function useWords(axis: Axis): Scene["words"] {
  const locale = useLocale();
  return useMemo(() => {
    const time = new Intl.DateTimeFormat(locale, { timeZone: axis.zone, hour: "numeric", minute: "2-digit" });
    const day = new Intl.DateTimeFormat(locale, { timeZone: axis.zone, weekday: "short" });
    return (from, until) => `${axis.days > 1 ? `${day.format(from)} ` : ""}${time.format(from)} – ${time.format(until)}`;
  }, [axis, locale]);
}

/** Which days are shown, and the way to others. */
function Days({ axis }: { axis: Axis }) {
  const { t } = useLingui();
  const locale = useLocale();
  const navigate = route.useNavigate();
  const { span = "day" } = route.useSearch();
  const dayOf = (instant: number) => fieldsOf(new Date(instant), axis.zone).date;
  const show = (day: string | undefined) => void navigate({ search: (old) => ({ ...old, day }) });
  const words = new Intl.DateTimeFormat(locale, { timeZone: axis.zone, weekday: axis.days === 1 ? "long" : undefined, day: "numeric", month: "long", year: "numeric" });
  const [start, end] = [axis.starts[0]!, axis.starts[axis.days]!];
  const title = axis.days === 1 ? words.format(start) : words.formatRange(start, end - 1);
  return (
    <Group justify="space-between" gap="sm">
      <Group gap="xs" wrap="nowrap">
        <Step label={t`Earlier`} onClick={() => show(dayOf(start - 12 * 3_600_000 - (axis.days - 1) * 86_400_000))}>
          <Icon name="left" />
        </Step>
        <Step label={t`Later`} onClick={() => show(dayOf(end + 12 * 3_600_000))}>
          <Icon name="right" />
        </Step>
        <Button variant="default" flex="none" onClick={() => show(undefined)}>
          <Trans>Today</Trans>
        </Button>
        <Text fw={600} component="h2" aria-live="polite" m={0}>
          {title}
        </Text>
      </Group>
      <SegmentedControl
        aria-label={t`How much is shown`}
        value={span}
        onChange={(next) => void navigate({ search: (old) => ({ ...old, span: next === "day" ? undefined : (next as Span) }) })}
        data={[
          { value: "day", label: t`Day` },
          { value: "week", label: t`Week` },
        ]}
      />
    </Group>
  );
}

function Step({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Button variant="default" flex="none" px={10} aria-label={label} title={label} onClick={onClick}>
      {children}
    </Button>
  );
}

/** Says why a reservation stays where it was, and where else it could go. */
function StaysDialog({ moving }: { moving: Moving }) {
  const { t } = useLingui();
  const { refused, forget } = moving;
  return (
    <Modal.Root opened={refused !== null} onClose={forget} centered>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body p="lg">
          <Stack>
            <Modal.Title fz="h2" fw={650}>
              {t`The reservation stays where it was`}
            </Modal.Title>
            {refused && <Refusal title={t`Not moved`} error={refused.error} wish={refused.wish} onTake={refused.take} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={forget}>
                <Trans>Leave it there</Trans>
              </Button>
            </Group>
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
