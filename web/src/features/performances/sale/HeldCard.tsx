import type { components } from "@generated/schema";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, List, Paper, Stack, Text, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useLocale } from "@/lib/i18n/useLocale";
import { moneyWords } from "@/lib/money";
import { useNow } from "@/lib/time/useNow";
import { Countdown } from "@/ui/Countdown";
import { Icon } from "@/ui/Icon";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { useCreateOrder } from "../api/createOrder";
import { useExtendHold } from "../api/extendHold";
import { useReleaseHold } from "../api/releaseHold";

type Hold = components["schemas"]["SeatHoldShown"];

/** What is held for a while: to be bought, kept longer once, or given back. `readAt` is when it was read (ms). */
export function HeldCard({ hold, readAt }: { hold: Hold; readAt: number }) {
  const { t } = useLingui();
  const locale = useLocale();
  const navigate = useNavigate();
  const now = useNow(1000);
  const [buying, extending, releasing] = [useCreateOrder(), useExtendHold(), useReleaseHold()];
  const until = new Date(readAt + hold.seconds_left * 1000);
  const isOver = until <= now;
  const path = { path: { hold_id: hold.id } };
  // What is bought is held no longer, and this card is gone before it can be told: the promise outlives it.
  const buy = () =>
    buying.mutateAsync({ body: { hold_id: hold.id } }).then(
      (order) => navigate({ to: "/orders/$orderId", params: { orderId: order.id } }),
      () => undefined,
    );
  const amount = moneyWords(hold.amount_minor, hold.currency, locale);
  const refusal = buying.error ?? extending.error ?? releasing.error;
  return (
    <Paper p="md" withBorder component="article" aria-label={t`Held for you`}>
      <Stack gap="xs">
        <Title order={2}>
          <Trans>Held for you</Trans>
        </Title>
        <Group gap={6} role="status" wrap="nowrap">
          <Icon name="hourglass" size={16} />
          {isOver ? <Trans>The time ran out: it is not held for you any more.</Trans> : <Countdown until={until} />}
        </Group>
        <HeldList hold={hold} />
        <Text fw={600}>
          <Trans>Together {amount}</Trans>
        </Text>
        {refusal != null && <ProblemAlert error={refusal} />}
        {!isOver && (
          <Group gap="xs">
            <Button onClick={() => void buy()} loading={buying.isPending}>
              <Trans>Buy</Trans>
            </Button>
            {!hold.extended && (
              <Button variant="default" loading={extending.isPending} onClick={() => extending.mutate({ params: path })}>
                <Trans>Hold it longer</Trans>
              </Button>
            )}
            <Button variant="default" loading={releasing.isPending} onClick={() => releasing.mutate({ params: path })}>
              <Trans>Give it back</Trans>
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

function HeldList({ hold }: { hold: Hold }) {
  const areas = Object.entries(hold.areas);
  return (
    <List size="sm">
      {hold.seats.map((one) => (
        <List.Item key={one.id}>{one.name}</List.Item>
      ))}
      {areas.map(([key, count]) => (
        <List.Item key={key}>
          {key}: <Plural value={count} one="# person" other="# people" />
        </List.Item>
      ))}
    </List>
  );
}
