import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useReservation } from "@/lib/api/readReservation";
import { useLocale } from "@/lib/i18n/useLocale";
import { distanceWords, instantWords } from "@/lib/time/format";
import { useNow } from "@/lib/time/useNow";
import { Icon } from "@/ui/Icon";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { StateBadge } from "@/ui/StateBadge";
import { TimeRange } from "@/ui/TimeRange";
import { VisitButtons } from "@/ui/visit/VisitButtons";
import { useNext } from "./api/listNext";

type Reservation = components["schemas"]["ReservationShown"];

const SHOWN_MAX = 4;

/** One's reservations that are under way and those that come next. */
export function NowAndNext() {
  const { t } = useLingui();
  const now = useNow();
  const next = useNext(SHOWN_MAX);
  if (next.isPending) return <ListSkeleton rows={2} />;
  if (next.isError) return <ProblemAlert error={next.error} onRetry={() => void next.refetch()} />;
  const found = next.data.items;
  const isNow = (one: Reservation) => one.state === "in_use" || new Date(one.start) <= now;
  const [current, ahead] = [found.filter(isNow), found.filter((one) => !isNow(one))];
  if (found.length === 0)
    return (
      <Group gap="sm" c="dimmed" px="xs" wrap="nowrap" align="flex-start">
        <Icon name="calendar" />
        <Text>
          <Trans>You have nothing ahead. What you reserve appears here.</Trans>
        </Text>
      </Group>
    );
  return (
    <>
      {current.length > 0 && <Section title={t`Now`} reservations={current} />}
      {ahead.length > 0 && <Section title={t`Next`} reservations={ahead} />}
      <Anchor renderRoot={(props) => <Link to="/reservations" {...props} />}>
        <Trans>All my reservations</Trans>
      </Anchor>
    </>
  );
}

function Section({ title, reservations }: { title: string; reservations: Reservation[] }) {
  return (
    <Stack gap="xs" component="section" aria-label={title}>
      <Title order={2}>{title}</Title>
      {reservations.map((one) => (
        <Visit key={one.id} reservation={one} />
      ))}
    </Stack>
  );
}

function Visit({ reservation: one }: { reservation: Reservation }) {
  const locale = useLocale();
  const now = useNow();
  const detail = useReservation(one.id).data;
  const places = one.resources.map((each) => each.name).join(", ");
  const zone = one.resources[0]?.timezone ?? "UTC";
  const lost = detail?.state === "ready" && detail.no_show_at;
  return (
    <Paper p="md" withBorder component="article">
      <Group justify="space-between" align="center" gap="sm">
        <Stack gap={2} miw={0}>
          <Anchor
            fw={600}
            lineClamp={2}
            renderRoot={(props) => <Link to="/reservations/$reservationId" params={{ reservationId: one.id }} {...props} />}
          >
            {one.title || places}
          </Anchor>
          <TimeRange start={one.start} end={one.end} zone={zone} />
          <Text size="sm" c="dimmed">
            {one.title && `${places} · `}
            {distanceWords(new Date(one.start), now, locale)}
          </Text>
          {lost && new Date(one.start) <= now && (
            <Text size="sm">
              <Trans>Check in by {instantWords(new Date(lost), zone, locale)}, or it is given to others.</Trans>
            </Text>
          )}
        </Stack>
        <Group gap="sm">
          <StateBadge state={one.state} />
          {detail && <VisitButtons reservation={detail} />}
        </Group>
      </Group>
    </Paper>
  );
}
