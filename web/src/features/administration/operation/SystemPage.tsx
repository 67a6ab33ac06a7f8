import type { components } from "@generated/schema";
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Badge, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";
import { BackLink } from "@/ui/BackLink";
import { Icon, type IconName } from "@/ui/Icon";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { Page } from "@/ui/Page";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { RecordTable } from "@/ui/table/RecordTable";
import { useLag } from "./api/readLag";
import { useSystem } from "./api/readSystem";
import { DeadLetters } from "./DeadLetters";

type System = components["schemas"]["SystemShown"];
type State = System["database"];

const LOOKS: Record<State, { color: string; icon: IconName; label: MessageDescriptor }> = {
  ok: { color: "green", icon: "check", label: msg`Well` },
  none: { color: "gray", icon: "check", label: msg`Not used` },
  away: { color: "red", icon: "cross", label: msg`Away` },
  behind: { color: "orange", icon: "warning", label: msg`Behind` },
  unknown: { color: "gray", icon: "warning", label: msg`Unknown` },
};

export function SystemPage() {
  const { t } = useLingui();
  const system = useSystem();
  return (
    <Page
      title={t`System`}
      width="wide"
      above={
        <BackLink to="/administration">
          <Trans>Administration</Trans>
        </BackLink>
      }
    >
      {system.isPending && <ListSkeleton rows={1} height={140} />}
      {system.isError && <ProblemAlert error={system.error} onRetry={() => void system.refetch()} />}
      {system.data && <Health system={system.data} />}
      <DeadLetters />
      <Lag />
    </Page>
  );
}

function Health({ system }: { system: System }) {
  const { t, i18n } = useLingui();
  const parts = [
    [t`Database`, system.database],
    [t`Broker`, system.broker],
    [t`Events`, system.events],
  ] as const;
  const versions = [`Berth ${system.version}`, `Python ${system.python}`, system.postgresql && `PostgreSQL ${system.postgresql}`];
  return (
    <Paper p="lg" withBorder component="section">
      <Stack>
        <Title order={2}>{system.status === "ok" ? t`All is well` : t`Something is missing`}</Title>
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          {parts.map(([name, state]) => (
            <Stack key={name} gap={4} align="flex-start">
              <Text fw={600}>{name}</Text>
              <Badge color={LOOKS[state].color} variant="light" size="lg" tt="none" fw={600} leftSection={<Icon name={LOOKS[state].icon} size={14} />}>
                {i18n._(LOOKS[state].label)}
              </Badge>
            </Stack>
          ))}
        </SimpleGrid>
        <Text size="sm" c="dimmed">
          {versions.filter(Boolean).join(" · ")}
        </Text>
      </Stack>
    </Paper>
  );
}

function Lag() {
  const { t } = useLingui();
  const locale = useLocale();
  const lag = useLag();
  const seconds = (value: number | null) =>
    value === null ? "–" : new Intl.NumberFormat(locale, { style: "unit", unit: "second", maximumFractionDigits: 1 }).format(value);
  const rows = (lag.data?.items ?? []).flatMap((module) => module.groups.map((group) => ({ ...group, module: module.module })));
  return (
    <Stack component="section">
      <Title order={2}>
        <Trans>Who listens to events</Trans>
      </Title>
      {lag.isPending && <ListSkeleton height={48} />}
      {lag.isError && <ProblemAlert error={lag.error} onRetry={() => void lag.refetch()} />}
      {lag.data && (
        <RecordTable
          label={t`Groups`}
          rows={rows}
          rowKey={(one) => `${one.module}/${one.group}`}
          columns={[
            { key: "group", title: t`Group`, cell: (one) => (one.group === one.module ? one.group : `${one.module}: ${one.group}`) },
            { key: "waiting", title: t`Waiting`, kind: "number", cell: (one) => one.waiting },
            { key: "oldest", title: t`Oldest`, kind: "number", cell: (one) => seconds(one.oldest_waiting_seconds) },
            { key: "failing", title: t`Failing`, kind: "number", cell: (one) => one.failing },
            { key: "dead", title: t`Given up`, kind: "number", cell: (one) => one.dead },
          ]}
        />
      )}
    </Stack>
  );
}
