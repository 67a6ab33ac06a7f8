import type { components } from "@generated/schema";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Group, Paper, Progress, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useLocale } from "@/lib/i18n/useLocale";
import { InstantWords } from "@/ui/InstantWords";
import { minutesWords, partsOf, wholeOf } from "./amounts";
import "./bar.css";

type Standing = components["schemas"]["StandingShown"];

/** An allowance: what is left of it, as a bar and in numbers, and when it renews. */
export function QuotaCard({ standing }: { standing: Standing }) {
  const { t } = useLingui();
  const parts = partsOf(standing);
  const amount = (value: number) => <Amount value={value} unit={standing.allowance.unit} />;
  return (
    <Paper p="lg" withBorder component="article" aria-labelledby={`quota-${standing.allowance.id}`}>
      <Stack gap="sm">
        <Group justify="space-between" align="baseline" wrap="nowrap">
          <Title order={2} id={`quota-${standing.allowance.id}`}>
            {standing.allowance.name}
          </Title>
          <PeriodWords per={standing.allowance.per} />
        </Group>
        <Text fz={28} fw={650} lh={1.2}>
          <Trans>
            <Amount value={standing.left ?? 0} unit={standing.allowance.unit} /> left
          </Trans>
        </Text>
        <Progress.Root size={16} radius="sm" aria-hidden>
          <Progress.Section value={parts.used} color="harbour" className="bar-used" />
          <Progress.Section value={parts.held} color="yellow.4" className="bar-held" />
        </Progress.Root>
        <Group gap="lg">
          <Part name={t`Used`} look="bar-used">{amount(standing.used)}</Part>
          <Part name={t`Held for what is ahead`} look="bar-held">{amount(standing.held)}</Part>
          <Part name={t`In all`}>{amount(wholeOf(standing))}</Part>
        </Group>
        <Notes standing={standing} />
      </Stack>
    </Paper>
  );
}

function Part({ name, look, children }: { name: string; look?: string; children: ReactNode }) {
  return (
    <Stack gap={0}>
      <Group gap={6} wrap="nowrap">
        {look && <span className={`bar-key ${look}`} aria-hidden />}
        <Text size="sm" c="dimmed">
          {name}
        </Text>
      </Group>
      <Text fw={600}>{children}</Text>
    </Stack>
  );
}

function Amount({ value, unit }: { value: number; unit: Standing["allowance"]["unit"] }) {
  const locale = useLocale();
  if (unit === "minutes") return minutesWords(value, locale);
  return <Plural value={value} one="# reservation" other="# reservations" />;
}

function PeriodWords({ per }: { per: Standing["allowance"]["per"] }) {
  const { t } = useLingui();
  const words = { day: t`a day`, week: t`a week`, month: t`a month`, term: t`a term` };
  return <Text c="dimmed">{words[per]}</Text>;
}

function Notes({ standing }: { standing: Standing }) {
  const { kind, tag, shared } = standing.allowance;
  const granted = standing.granted;
  return (
    <Stack gap={2}>
      {(kind || tag) && (
        <Text size="sm" c="dimmed">
          <Trans>Counts for {[kind, tag].filter(Boolean).join(", ")}.</Trans>
        </Text>
      )}
      {shared && (
        <Text size="sm" c="dimmed">
          <Trans>You share it with everybody whom it is for.</Trans>
        </Text>
      )}
      {granted > 0 && (
        <Text size="sm" c="dimmed">
          <Trans>
            <Amount value={granted} unit={standing.allowance.unit} /> of it were granted on top.
          </Trans>
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {standing.renews_at ? (
          <Trans>
            Renews <InstantWords at={standing.renews_at} />.
          </Trans>
        ) : (
          <Trans>It does not renew by itself.</Trans>
        )}
      </Text>
    </Stack>
  );
}
