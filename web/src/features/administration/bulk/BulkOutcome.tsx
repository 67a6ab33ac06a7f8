import type { components } from "@generated/schema";
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Anchor, Button, Group, Paper, Progress, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { asProblem } from "@/lib/api/problem";
import { Icon } from "@/ui/Icon";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { StateBadge } from "@/ui/StateBadge";
import { RecordTable } from "@/ui/table/RecordTable";
import type { Lost } from "./sheet";

type Report = components["schemas"]["BulkReport"];
type Row = components["schemas"]["BulkRow"];
type BadRow = Pick<components["schemas"]["BulkError"], "row" | "column" | "message">;

/** Where a file stands: `checked` has the report of the dry run and what was sent, `lost` has times of nowhere. */
export type Step =
  | { name: "choose" }
  | { name: "checking" }
  | { name: "doing" }
  | { name: "lost"; lost: readonly Lost[] }
  | { name: "checked"; text: string; report: Report }
  | { name: "done"; report: Report }
  | { name: "refused"; error: unknown };

const ROWS_SHOWN_MAX = 50;

const OUTCOMES: Record<Row["outcome"], MessageDescriptor> = {
  created: msg`New`,
  moved: msg`Moved`,
  cancelled: msg`Cancelled`,
  unchanged: msg`As before`,
};

interface Props {
  step: Step;
  onConfirm: (text: string) => void;
  onAnother: () => void;
}

/** What would come of a file, what came of it, or which of its rows cannot be done. */
export function BulkOutcome({ step, onConfirm, onAnother }: Props) {
  const { t } = useLingui();
  switch (step.name) {
    case "choose":
      return null;
    case "checking":
    case "doing":
      return (
        <Stack gap="xs" role="status">
          <Text>{step.name === "checking" ? t`Checking every row …` : t`Doing all of it …`}</Text>
          <Progress value={step.name === "checking" ? 40 : 85} animated aria-label={t`Progress`} />
        </Stack>
      );
    case "lost":
      return <LostRows lost={step.lost} />;
    case "refused":
      return <Refused error={step.error} />;
    case "done":
      return (
        <Alert color="green" icon={<Icon name="check" />} title={t`Done`}>
          <Stack>
            <Counts report={step.report} />
            <Button w="fit-content" onClick={onAnother}>
              <Trans>Another file</Trans>
            </Button>
          </Stack>
        </Alert>
      );
    case "checked":
      return <Checked report={step.report} onConfirm={() => onConfirm(step.text)} />;
  }
}

function Checked({ report, onConfirm }: { report: Report; onConfirm: () => void }) {
  const nothing = report.created + report.moved + report.cancelled === 0;
  return (
    <Paper p="lg" withBorder component="section">
      <Stack>
        <Title order={2}>
          <Trans>What would come of it</Trans>
        </Title>
        <Counts report={report} />
        <Group>
          <Button disabled={nothing} onClick={onConfirm}>
            <Trans>Do all of it</Trans>
          </Button>
          {nothing && (
            <Text c="dimmed">
              <Trans>Everything is as the file says already.</Trans>
            </Text>
          )}
        </Group>
        <Rows rows={report.items} />
      </Stack>
    </Paper>
  );
}

function Counts({ report }: { report: Report }) {
  const { t } = useLingui();
  const counts = [
    [t`new`, report.created],
    [t`moved`, report.moved],
    [t`cancelled`, report.cancelled],
    [t`as before`, report.unchanged],
  ] as const;
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }}>
      {counts.map(([words, count]) => (
        <Stack key={words} gap={0}>
          <Text fz={28} fw={650}>
            {count}
          </Text>
          <Text c="dimmed">{words}</Text>
        </Stack>
      ))}
    </SimpleGrid>
  );
}

function Rows({ rows }: { rows: readonly Row[] }) {
  const { t, i18n } = useLingui();
  const more = rows.length - ROWS_SHOWN_MAX;
  return (
    <Stack gap="xs">
      <RecordTable
        label={t`Rows`}
        rows={rows.slice(0, ROWS_SHOWN_MAX)}
        rowKey={(one) => one.row}
        columns={[
          { key: "row", title: t`Row`, cell: (one: Row) => one.row },
          { key: "outcome", title: t`What happens`, cell: (one: Row) => i18n._(OUTCOMES[one.outcome]) },
          { key: "reservation", title: t`Reservation`, cell: (one: Row) => <Reservation id={one.reservation_id} /> },
          { key: "state", title: t`State`, cell: (one: Row) => <State row={one} /> },
        ]}
      />
      {more > 0 && (
        <Text c="dimmed">
          <Trans>and {more} more</Trans>
        </Text>
      )}
    </Stack>
  );
}

function Reservation({ id }: { id: number | null }) {
  if (id === null) return "–";
  return (
    <Anchor renderRoot={(props) => <Link to="/reservations/$reservationId" params={{ reservationId: id }} {...props} />}>{id}</Anchor>
  );
}

function State({ row }: { row: Row }) {
  if (!row.asked) return <StateBadge state={row.state} />;
  return (
    <Text size="sm">
      <Trans>Once it is confirmed</Trans>
    </Text>
  );
}

function Refused({ error }: { error: unknown }) {
  const problem = asProblem(error);
  if (problem.kind !== "bad-rows") return <ProblemAlert error={error} />;
  return <BadRows rows={problem.problem.errors as BadRow[]} />;
}

function LostRows({ lost }: { lost: readonly Lost[] }) {
  const { t } = useLingui();
  const rows = lost.map(({ row, column, place }) => ({
    row,
    column,
    message: place.resource
      ? t`There is no resource “${place.resource}”, so nobody knows in which zone this time is.`
      : t`There is no such reservation, so nobody knows in which zone this time is.`,
  }));
  return <BadRows rows={rows} />;
}

function BadRows({ rows }: { rows: readonly BadRow[] }) {
  const { t } = useLingui();
  return (
    <Stack gap="sm">
      <Alert color="red" icon={<Icon name="warning" />} title={t`Some rows cannot be done`}>
        <Trans>Nothing is done. Mend these rows in the file, and choose it again.</Trans>
      </Alert>
      <RecordTable
        label={t`Bad rows`}
        rows={rows}
        rowKey={(one) => `${one.row} ${one.column} ${one.message}`}
        columns={[
          { key: "row", title: t`Row`, cell: (one) => one.row },
          { key: "column", title: t`Column`, cell: (one) => one.column ?? "–" },
          { key: "message", title: t`What is wrong`, cell: (one) => one.message },
        ]}
      />
    </Stack>
  );
}
