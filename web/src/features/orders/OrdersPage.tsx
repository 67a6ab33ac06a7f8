import type { components } from "@generated/schema";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useLocale } from "@/lib/i18n/useLocale";
import { moneyWords } from "@/lib/money";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { Page } from "@/ui/Page";
import { MoreButton } from "@/ui/table/MoreButton";
import { TimeRange } from "@/ui/TimeRange";
import { useOrders } from "./api/listOrders";
import { OrderBadge } from "./OrderBadge";

type Order = components["schemas"]["OrderShown"];

/** One's own orders, the newest first. */
export function OrdersPage() {
  const { t } = useLingui();
  const list = useOrders();
  const shown = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t`My tickets`}>
      {list.isPending && <ListSkeleton />}
      {list.isError && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && shown.length === 0 && (
        <EmptyState
          icon="ticket"
          title={t`No tickets`}
          action={
            <Button renderRoot={(props) => <Link to="/whats-on" {...props} />}>
              <Trans>See what's on</Trans>
            </Button>
          }
        >
          <Trans>Seats that you buy are here, with their tickets.</Trans>
        </EmptyState>
      )}
      <Stack gap="sm">
        {shown.map((one) => (
          <OrderCard key={one.id} order={one} />
        ))}
        <MoreButton list={list} />
      </Stack>
    </Page>
  );
}

function OrderCard({ order: one }: { order: Order }) {
  const locale = useLocale();
  const people = one.seats.length + Object.values(one.areas).reduce((sum, count) => sum + count, 0);
  return (
    <Paper p="md" withBorder component="article" aria-label={one.performance}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={2}>
          <Title order={2}>
            <Anchor inherit renderRoot={(props) => <Link {...props} to="/orders/$orderId" params={{ orderId: one.id }} />}>
              {one.performance}
            </Anchor>
          </Title>
          <TimeRange start={one.start} end={one.end} zone={one.timezone} />
          <Text c="dimmed">
            <Plural value={people} one="# place" other="# places" /> · {moneyWords(one.amount_minor, one.currency, locale)}
          </Text>
        </Stack>
        <OrderBadge state={one.state} />
      </Group>
    </Paper>
  );
}
