import type { components } from "@generated/schema";
import { Trans } from "@lingui/react/macro";
import { Anchor, Group, Paper, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { StateBadge } from "@/ui/StateBadge";
import { TimeRange } from "@/ui/TimeRange";

/** One reservation of a list: what, where, when and how it stands; the whole of it is a click away. */
export function ReservationCard({ reservation }: { reservation: components["schemas"]["ReservationShown"] }) {
  const places = reservation.resources.map((one) => one.name).join(", ");
  return (
    <Paper p="md" withBorder component="article">
      <Group justify="space-between" align="flex-start" gap="xs">
        <Stack gap={4} miw={0}>
          <Anchor
            fw={600}
            lineClamp={2}
            renderRoot={(props) => (
              <Link to="/reservations/$reservationId" params={{ reservationId: reservation.id }} {...props} />
            )}
          >
            {reservation.title || places}
          </Anchor>
          <TimeRange start={reservation.start} end={reservation.end} zone={reservation.resources[0]?.timezone ?? "UTC"} />
          {reservation.title && <Text c="dimmed">{places}</Text>}
          {reservation.series_id !== null && (
            <Anchor size="sm" w="fit-content" renderRoot={(props) => <Link to="/series/$seriesId" params={{ seriesId: reservation.series_id! }} {...props} />}>
              <Trans>One of a series</Trans>
            </Anchor>
          )}
        </Stack>
        <StateBadge state={reservation.state} />
      </Group>
    </Paper>
  );
}
