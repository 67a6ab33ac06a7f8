import type { components } from "@generated/schema";
import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Anchor, Box, SimpleGrid, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { TimeRange } from "@/ui/TimeRange";
import { usePeople } from "../pickers/api/readPerson";
import { useConflicts } from "./api/listConflicts";

type Conflict = components["schemas"]["Conflict"];

const PEOPLE_MAX = 50;

/** The reservations that were there before a calendar said busy, for somebody to decide; nothing if there are none. */
export function Conflicts({ subscriptionId, zone }: { subscriptionId: number; zone: string }) {
  const { t } = useLingui();
  const conflicts = useConflicts(subscriptionId);
  const items = conflicts.data?.items ?? [];
  const people = usePeople([...new Set(items.map((one) => one.owner_id))].slice(0, PEOPLE_MAX));
  if (conflicts.isError) return <ProblemAlert error={conflicts.error} onRetry={() => void conflicts.refetch()} />;
  if (items.length === 0) return null;
  const nameOf = (id: number) => people.find((one) => one.id === id)?.name ?? "–";
  return (
    <Alert color="yellow" variant="light" title={t`${plural(items.length, { one: "# reservation stands where it is busy", other: "# reservations stand where it is busy" })}`}>
      <Stack gap="sm" c="var(--mantine-color-text)">
        <Text size="sm">
          <Trans>They stay until somebody moves them or gives them up; then their time is closed, too.</Trans>
        </Text>
        <Stack component="ul" gap={0} m={0} p={0} aria-label={t`What stands in the way`} style={{ listStyle: "none" }}>
          {items.map((one) => (
            <ConflictRow key={`${one.reservation_id} ${one.busy_start}`} conflict={one} owner={nameOf(one.owner_id)} zone={zone} />
          ))}
        </Stack>
      </Stack>
    </Alert>
  );
}

function ConflictRow({ conflict: one, owner, zone }: { conflict: Conflict; owner: string; zone: string }) {
  const { t } = useLingui();
  const reservationId = one.reservation_id;
  return (
    <Box component="li" className="row-line" py="xs">
      <Anchor fw={600} underline="always" c="var(--mantine-color-text)" renderRoot={(props) => <Link to="/reservations/$reservationId" params={{ reservationId }} {...props} />}>
        {one.title || t`Reservation ${reservationId}`}
      </Anchor>
      <Text size="sm">
        <Trans>for {owner}</Trans>
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" verticalSpacing={4} mt={4}>
        <div>
          <Text size="sm" fw={600}>
            <Trans>Reserved</Trans>
          </Text>
          <TimeRange start={one.start} end={one.end} zone={zone} />
        </div>
        <div>
          <Text size="sm" fw={600}>
            <Trans>Busy</Trans>
          </Text>
          <TimeRange start={one.busy_start} end={one.busy_end} zone={zone} />
        </div>
      </SimpleGrid>
    </Box>
  );
}
