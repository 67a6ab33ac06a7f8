import type { components } from "@generated/schema";
import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Anchor, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Icon } from "@/ui/Icon";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { RecordTable } from "@/ui/table/RecordTable";
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
    <Alert
      color="yellow"
      variant="light"
      icon={<Icon name="warning" />}
      title={t`${plural(items.length, { one: "# reservation stands where it is busy", other: "# reservations stand where it is busy" })}`}
    >
      <Stack gap="sm" c="var(--mantine-color-text)">
        <Text size="sm">
          <Trans>They stay until somebody moves them or gives them up; then their time is closed, too.</Trans>
        </Text>
        <RecordTable
          label={t`What stands in the way`}
          rows={items}
          rowKey={(one) => `${one.reservation_id} ${one.busy_start}`}
          columns={[
            { key: "what", title: t`Reservation`, cell: (one) => <What conflict={one} /> },
            { key: "who", title: t`For`, cell: (one) => nameOf(one.owner_id) },
            { key: "when", title: t`Reserved`, cell: (one) => <TimeRange start={one.start} end={one.end} zone={zone} /> },
            { key: "busy", title: t`Busy`, cell: (one) => <TimeRange start={one.busy_start} end={one.busy_end} zone={zone} /> },
          ]}
        />
      </Stack>
    </Alert>
  );
}

function What({ conflict: one }: { conflict: Conflict }) {
  const { t } = useLingui();
  const reservationId = one.reservation_id;
  return (
    <Anchor fw={600} renderRoot={(props) => <Link to="/reservations/$reservationId" params={{ reservationId }} {...props} />}>
      {one.title || t`Reservation ${reservationId}`}
    </Anchor>
  );
}
