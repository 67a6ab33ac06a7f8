import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useLocale } from "@/lib/i18n/useLocale";
import { moneyWords } from "@/lib/money";
import { BackLink } from "@/ui/BackLink";
import { Icon } from "@/ui/Icon";
import { InstantWords } from "@/ui/InstantWords";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { Page } from "@/ui/Page";
import { PaymentSubject } from "@/ui/payments/PaymentSubject";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellProblem } from "@/ui/notice/toast";
import { useReceipt } from "./api/fetchReceipt";
import { usePayment } from "./api/readPayment";
import { PaymentBadge, type PaymentState } from "./PaymentBadge";

type Payment = components["schemas"]["PaymentDetails"];

const route = getRouteApi("/signed-in/payments/$paymentId");
const WITH_RECEIPT = new Set<PaymentState>(["authorised", "taken", "part_returned", "returned"]);

export function PaymentPage() {
  const { t } = useLingui();
  const { paymentId } = route.useParams();
  const payment = usePayment(paymentId);
  const back = <BackLink to="/payments">{t`My payments`}</BackLink>;
  return (
    <Page title={t`Payment ${paymentId}`} above={back} actions={payment.data && <PaymentBadge state={payment.data.state} />}>
      {payment.isPending && <ListSkeleton rows={1} height={240} />}
      {payment.isError && <ProblemAlert error={payment.error} onRetry={() => void payment.refetch()} />}
      {payment.data && <Facts payment={payment.data} />}
    </Page>
  );
}

function Facts({ payment: one }: { payment: Payment }) {
  const { t } = useLingui();
  const locale = useLocale();
  const money = (minor: number) => moneyWords(minor, one.currency, locale);
  const receipt = useReceipt(one.id);
  return (
    <>
      {one.state === "awaiting" && <ToBePaid payment={one} />}
      <Paper p="lg" withBorder>
        <Stack gap="md">
          <Title order={2}>{t`What it is for`}</Title>
          <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: "none" }}>
            {one.lines.map((line) => (
              <Group key={`${line.what}-${line.price_id}`} component="li" justify="space-between" wrap="nowrap" align="baseline">
                <Text>{line.what}</Text>
                <Text fw={600}>{money(line.amount_minor)}</Text>
              </Group>
            ))}
          </Stack>
          <Stack gap={4} pt="sm" style={{ borderTop: "1px solid var(--berth-line)" }}>
            <Sum name={t`Price`} amount={money(one.price_minor)} strong />
            {one.taken_minor > 0 && <Sum name={t`Paid`} amount={money(one.taken_minor)} />}
            {one.returned_minor > 0 && <Sum name={t`Returned`} amount={money(one.returned_minor)} />}
          </Stack>
          {one.reference && (
            <Text size="sm" c="dimmed">
              <Trans>Reference: {one.reference}</Trans>
            </Text>
          )}
          <Group>
            {WITH_RECEIPT.has(one.state) && (
              <Button
                loading={receipt.isPending}
                onClick={() => receipt.mutate(undefined, { onError: tellProblem })}
              >{t`Receipt (PDF)`}</Button>
            )}
            <Text>
              <PaymentSubject payment={one} />
            </Text>
          </Group>
        </Stack>
      </Paper>
    </>
  );
}

function ToBePaid({ payment: one }: { payment: Payment }) {
  const { t } = useLingui();
  const locale = useLocale();
  const amount = moneyWords(one.amount_minor, one.currency, locale);
  const number = one.id;
  return (
    <Alert color="orange" variant="light" icon={<Icon name="warning" />} title={t`${amount} to be paid`}>
      <Stack gap={4} c="var(--mantine-color-text)">
        {one.due_at && (
          <Text size="sm">
            {one.of === "order" ? (
              <Trans>
                Until <InstantWords at={one.due_at} />; otherwise the seats are free again.
              </Trans>
            ) : (
              <Trans>
                Until <InstantWords at={one.due_at} />; otherwise the reservation is given up.
              </Trans>
            )}
          </Text>
        )}
        <Text size="sm">
          {one.provider === "manual" ? (
            <Trans>Pay at the office and name payment {number}. It is confirmed there.</Trans>
          ) : (
            <Trans>Pay by card where your organisation takes it; this page asks for no card numbers. It is confirmed by itself.</Trans>
          )}
        </Text>
        {one.error && <Text size="sm">{one.error}</Text>}
      </Stack>
    </Alert>
  );
}

function Sum({ name, amount, strong }: { name: string; amount: string; strong?: boolean }) {
  return (
    <Group justify="space-between">
      <Text fw={strong ? 600 : 400}>{name}</Text>
      <Text fw={strong ? 600 : 400}>{amount}</Text>
    </Group>
  );
}
