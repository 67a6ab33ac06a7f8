import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Anchor, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useLocale } from "@/lib/i18n/useLocale";
import { moneyWords } from "@/lib/money";
import { BackLink } from "@/ui/BackLink";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { Icon } from "@/ui/Icon";
import { InstantWords } from "@/ui/InstantWords";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellProblem } from "@/ui/notice/toast";
import { Page } from "@/ui/Page";
import { TimeRange } from "@/ui/TimeRange";
import { useCancelOrder } from "./api/cancelOrder";
import { useTickets } from "./api/fetchTickets";
import { useOrder } from "./api/readOrder";
import { OrderBadge } from "./OrderBadge";
import { Tickets } from "./Tickets";

type Order = components["schemas"]["OrderShown"];

const route = getRouteApi("/signed-in/orders/$orderId");

export function OrderPage() {
  const { t } = useLingui();
  const { orderId } = route.useParams();
  const order = useOrder(orderId);
  const one = order.data;
  return (
    <Page title={one?.performance ?? t`Order ${orderId}`} above={<BackLink to="/orders">{t`My tickets`}</BackLink>} actions={one && <OrderBadge state={one.state} />}>
      {order.isPending && <ListSkeleton rows={2} height={160} />}
      {order.isError && <ProblemAlert error={order.error} onRetry={() => void order.refetch()} />}
      {one && (
        <>
          <Waiting order={one} />
          <Facts order={one} />
          {one.state === "paid" && <Tickets order={one} />}
        </>
      )}
    </Page>
  );
}

function Waiting({ order: one }: { order: Order }) {
  const { t } = useLingui();
  const amount = moneyWords(one.amount_minor, one.currency, useLocale());
  if (one.state === "cancelled" && one.cancel_reason)
    return (
      <Alert color="red" variant="light" icon={<Icon name="warning" />} title={t`This order is cancelled`}>
        <Text c="var(--mantine-color-text)">{one.cancel_reason}</Text>
      </Alert>
    );
  if (one.state !== "pending") return null;
  return (
    <Alert color="orange" variant="light" icon={<Icon name="hourglass" />} title={t`${amount} to be paid`}>
      <Text size="sm" c="var(--mantine-color-text)">
        <Trans>
          Until <InstantWords at={one.due_at} />; otherwise the seats are free again. How to pay is said under{" "}
          <Anchor inherit underline="always" renderRoot={(props) => <Link to="/payments" {...props} />}>
            My payments
          </Anchor>
          .
        </Trans>
      </Text>
    </Alert>
  );
}

function Facts({ order: one }: { order: Order }) {
  const { t } = useLingui();
  const locale = useLocale();
  const cancelling = useCancelOrder();
  const tickets = useTickets(one.id);
  const money = (minor: number) => moneyWords(minor, one.currency, locale);
  const cancel = () => cancelling.mutateAsync({ params: { path: { order_id: one.id } }, body: { reason: t`Given up.` } });
  return (
    <Paper p="lg" withBorder>
      <Stack gap="sm">
        <TimeRange start={one.start} end={one.end} zone={one.timezone} />
        <Title order={2}>{t`What it is for`}</Title>
        <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: "none" }}>
          {one.lines.map((line) => (
            <Group key={line.what} component="li" justify="space-between" wrap="nowrap" align="baseline">
              <Text>
                {line.count} × {line.what}
              </Text>
              <Text fw={600}>{money(line.amount_minor)}</Text>
            </Group>
          ))}
          <Group component="li" justify="space-between" pt="sm" style={{ borderTop: "1px solid var(--berth-line)" }}>
            <Text fw={600}>{t`Price`}</Text>
            <Text fw={600}>{money(one.amount_minor)}</Text>
          </Group>
          {one.returned_minor !== null && (
            <Group component="li" justify="space-between">
              <Text>{t`Returned`}</Text>
              <Text>{money(one.returned_minor)}</Text>
            </Group>
          )}
        </Stack>
        <Group gap="xs">
          {one.state === "paid" && <Button loading={tickets.isPending} onClick={() => tickets.mutate(undefined, { onError: tellProblem })}>{t`Tickets (PDF)`}</Button>}
          {one.state !== "cancelled" && (
            <ConfirmButton
              question={t`Cancel this order?`}
              consequence={<Trans>Its seats are free for others at once, and its tickets open no door any more. What the terms do not keep is returned.</Trans>}
              deed={t`Cancel the order`}
              busy={cancelling.isPending}
              onConfirm={cancel}
              more={cancelling.isError && <ProblemAlert error={cancelling.error} />}
            >
              <Trans>Cancel</Trans>
            </ConfirmButton>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}
