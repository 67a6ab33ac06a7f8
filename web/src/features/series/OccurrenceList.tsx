import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Badge, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useLocale } from "@/lib/i18n/useLocale";
import { rangeWords } from "@/lib/time/format";
import { useNow } from "@/lib/time/useNow";
import { StateBadge } from "@/ui/StateBadge";
import { CancelSeriesButton } from "@/ui/series/CancelSeriesButton";
import { ChangeButton } from "./ChangeButton";
import { isChangeable, isOver } from "./occurrences";

type Series = components["schemas"]["SeriesDetail"];
type Occurrence = components["schemas"]["OccurrenceShown"];

/** The occurrences of a series, first those that are ahead, then those that are over or were given up. */
export function OccurrenceList({ series }: { series: Series }) {
  const { t } = useLingui();
  const parts = [
    { title: t`Ahead`, found: series.occurrences.filter((one) => !isOver(one)) },
    { title: t`Over or cancelled`, found: series.occurrences.filter(isOver) },
  ];
  return parts
    .filter(({ found }) => found.length > 0)
    .map(({ title, found }) => (
      <Stack key={title} gap="sm" component="section" aria-label={title}>
        <Title order={2}>{title}</Title>
        {found.map((one) => (
          <Card key={one.reservation_id} series={series} occurrence={one} />
        ))}
      </Stack>
    ));
}

function Card({ series, occurrence: one }: { series: Series; occurrence: Occurrence }) {
  const locale = useLocale();
  const now = useNow();
  const words = rangeWords(new Date(one.start), new Date(one.end), series.timezone, locale);
  const names = new Map(series.resources.map((each) => [each.id, each.name]));
  const isElsewhere = one.resource_ids.some((id) => !names.has(id));
  return (
    <Paper p="md" withBorder component="article">
      <Group justify="space-between" align="flex-start" gap="xs">
        <Stack gap={4} miw={0} align="flex-start">
          <Anchor fw={600} renderRoot={(props) => <Link to="/reservations/$reservationId" params={{ reservationId: one.reservation_id }} {...props} />}>
            {words.date}, {words.time}
          </Anchor>
          {one.title !== series.title && one.title && <Text>{one.title}</Text>}
          {isElsewhere && (
            <Text size="sm" c="dimmed">
              <Trans>At another place than the series</Trans>
            </Text>
          )}
        </Stack>
        <Group gap="xs">
          {one.exception && !isOver(one) && (
            <Badge variant="light" color="gray" size="lg" tt="none" fw={600}>
              <Trans>Changed by itself</Trans>
            </Badge>
          )}
          <StateBadge state={one.state} />
        </Group>
      </Group>
      {isChangeable(series, one, now) && <Deeds series={series} occurrence={one} date={words.date} />}
    </Paper>
  );
}

function Deeds({ series, occurrence, date }: { series: Series; occurrence: Occurrence; date: string }) {
  const { t } = useLingui();
  return (
    <Group gap="xs" mt="xs">
      <ChangeButton series={series} occurrence={occurrence} scope="this" size="compact-sm" aria-label={t`Change ${date}`}>
        <Trans>Change</Trans>
      </ChangeButton>
      <CancelSeriesButton seriesId={series.id} reservationId={occurrence.reservation_id} scope="this" size="compact-sm" aria-label={t`Cancel ${date}`}>
        <Trans>Cancel</Trans>
      </CancelSeriesButton>
    </Group>
  );
}
