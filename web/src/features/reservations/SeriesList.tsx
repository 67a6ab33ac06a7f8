import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Badge, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMe } from "@/lib/api/readMe";
import { recurrenceWords } from "@/lib/rrule/words";
import { Icon } from "@/ui/Icon";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { SeriesClock } from "@/ui/series/SeriesClock";
import { MoreButton } from "@/ui/table/MoreButton";
import { useSeriesOf } from "./api/listSeries";

/** One's own series, the newest first; each leads to its page. */
export function SeriesList() {
  const { t } = useLingui();
  const list = useSeriesOf(useMe().data?.id);
  if (list.isPending) return <ListSkeleton />;
  if (list.isError) return <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />;
  const found = list.data.pages.flatMap((page) => page.items);
  if (found.length === 0)
    return (
      <EmptyState
        icon="calendar"
        title={t`You have no series`}
        action={
          <Button renderRoot={(props) => <Link to="/find" {...props} />}>
            <Trans>Find something</Trans>
          </Button>
        }
      >
        <Trans>Choose “Repeat” when you reserve, and every time is reserved at once. The series is listed here then.</Trans>
      </EmptyState>
    );
  return (
    <Stack gap="sm">
      {found.map((one) => (
        <SeriesCard key={one.id} series={one} />
      ))}
      <MoreButton list={list} />
    </Stack>
  );
}

function SeriesCard({ series: one }: { series: components["schemas"]["SeriesShown"] }) {
  const places = one.resources.map((each) => each.name).join(", ");
  return (
    <Paper p="md" withBorder component="article" aria-label={one.title || places}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <Stack gap={4} miw={0}>
          <Anchor fw={600} lineClamp={2} renderRoot={(props) => <Link to="/series/$seriesId" params={{ seriesId: one.id }} {...props} />}>
            {one.title || places}
          </Anchor>
          <Text>{recurrenceWords(one)}</Text>
          <SeriesClock series={one} />
          {one.title && <Text c="dimmed">{places}</Text>}
        </Stack>
        {one.state === "cancelled" && (
          <Badge color="red" variant="light" size="lg" flex="none" tt="none" fw={600} leftSection={<Icon name="cross" size={14} />}>
            <Trans>Cancelled</Trans>
          </Badge>
        )}
      </Group>
    </Paper>
  );
}
