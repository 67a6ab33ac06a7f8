import type { components } from "@generated/schema";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Badge, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useLocale } from "@/lib/i18n/useLocale";
import { moneyWords } from "@/lib/money";
import { InstantWords } from "@/ui/InstantWords";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { Page } from "@/ui/Page";
import { MoreButton } from "@/ui/table/MoreButton";
import { TimeRange } from "@/ui/TimeRange";
import { usePerformances } from "./api/listPerformances";
import { useVenue } from "./api/readVenue";

type Performance = components["schemas"]["PerformanceShown"];

/** What is on and not over yet. */
export function WhatsOnPage() {
  const { t } = useLingui();
  const [from] = useState(() => new Date().toISOString());
  const list = usePerformances(from);
  const shown = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t`What's on`}>
      {list.isPending && <ListSkeleton />}
      {list.isError && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && shown.length === 0 && (
        <EmptyState icon="ticket" title={t`Nothing is on`}>
          <Trans>Concerts, plays and lectures for which seats are sold are listed here.</Trans>
        </EmptyState>
      )}
      <Stack gap="sm">
        {shown.map((one) => (
          <PerformanceCard key={one.id} performance={one} />
        ))}
        <MoreButton list={list} />
      </Stack>
    </Page>
  );
}

function PerformanceCard({ performance: one }: { performance: Performance }) {
  const venue = useVenue(one.venue_id).data?.name;
  const price = usePriceWords(one);
  return (
    <Paper p="md" withBorder component="article" aria-label={one.name}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={2}>
          <Title order={2}>
            <Anchor inherit renderRoot={(props) => <Link {...props} to="/performances/$performanceId" params={{ performanceId: one.id }} />}>
              {one.name}
            </Anchor>
          </Title>
          <TimeRange start={one.start} end={one.end} zone={one.timezone} />
          {venue && <Text c="dimmed">{venue}</Text>}
        </Stack>
        <Stack gap={4} align="flex-end">
          <SaleBadge performance={one} />
          <Text fw={600}>{price}</Text>
        </Stack>
      </Group>
    </Paper>
  );
}

/** Whether seats can be had, in a word. */
export function SaleBadge({ performance: one }: { performance: Performance }) {
  const look = (color: string, words: React.ReactNode) => (
    <Badge color={color} variant="light" size="lg" tt="none" fw={600}>
      {words}
    </Badge>
  );
  if (one.state === "cancelled") return look("red", <Trans>Cancelled</Trans>);
  if (!one.on_sale && new Date(one.sales_start) > new Date())
    return look("gray", <Trans>On sale <InstantWords at={one.sales_start} /></Trans>);
  if (!one.on_sale) return look("gray", <Trans>Not on sale</Trans>);
  if (one.free === 0) return look("orange", <Trans>Sold out</Trans>);
  return look("green", <Plural value={one.free} one="# place free" other="# places free" />);
}

function usePriceWords({ prices, currency }: Performance): string {
  const { t } = useLingui();
  const locale = useLocale();
  const amounts = Object.values(prices);
  if (amounts.length === 0) return "";
  const [least, most] = [Math.min(...amounts), Math.max(...amounts)].map((one) => moneyWords(one!, currency, locale));
  if (Math.max(...amounts) === 0) return t`Free of charge`;
  return least === most ? least! : t`${least} to ${most}`;
}
