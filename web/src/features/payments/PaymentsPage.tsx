import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useLocale } from "@/lib/i18n/useLocale";
import { moneyWords } from "@/lib/money";
import { EmptyState } from "@/ui/notice/EmptyState";
import { InstantWords } from "@/ui/InstantWords";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { MoreButton } from "@/ui/table/MoreButton";
import { Page } from "@/ui/Page";
import { PaymentSubject } from "@/ui/payments/PaymentSubject";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { usePayments } from "./api/listPayments";
import { PaymentBadge } from "./PaymentBadge";

type Payment = components["schemas"]["PaymentShown"];

export function PaymentsPage() {
  const { t } = useLingui();
  const payments = usePayments();
  const found = payments.data?.pages.flatMap((page) => page.items) ?? [];
  const due = found.filter((one) => one.state === "awaiting");
  const others = found.filter((one) => one.state !== "awaiting");
  return (
    <Page title={t`My payments`}>
      {payments.isPending && <ListSkeleton rows={3} />}
      {payments.isError && <ProblemAlert error={payments.error} onRetry={() => void payments.refetch()} />}
      {payments.data && found.length === 0 && (
        <EmptyState icon="card" title={t`Nothing to pay`}>
          {t`What you reserve or buy that costs something will be listed here, with its receipt.`}
        </EmptyState>
      )}
      {due.length > 0 && <Payments title={t`To be paid`} payments={due} />}
      {others.length > 0 && <Payments title={due.length > 0 ? t`Others` : t`All payments`} payments={others} />}
      <MoreButton list={payments} />
    </Page>
  );
}

function Payments({ title, payments }: { title: string; payments: Payment[] }) {
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{title}</Title>
      {payments.map((one) => (
        <PaymentCard key={one.id} payment={one} />
      ))}
    </Stack>
  );
}

function PaymentCard({ payment: one }: { payment: Payment }) {
  const { t } = useLingui();
  const locale = useLocale();
  const { id } = one;
  return (
    <Paper p="md" withBorder component="article">
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
        <Stack gap={4} miw={0}>
          <Anchor
            fw={600}
            fz="lg"
            aria-label={t`Payment ${id}: ${moneyWords(one.amount_minor, one.currency, locale)}`}
            renderRoot={(props) => <Link to="/payments/$paymentId" params={{ paymentId: id }} {...props} />}
          >
            {moneyWords(one.amount_minor, one.currency, locale)}
          </Anchor>
          <Text size="sm" c="dimmed">
            <Trans>
              Payment {id} for <PaymentSubject payment={one} />
            </Trans>
          </Text>
          <Text size="sm" c="dimmed">
            {one.state === "awaiting" && one.due_at ? (
              <Trans>
                To be paid by <InstantWords at={one.due_at} />
              </Trans>
            ) : (
              <InstantWords at={one.changed_at} />
            )}
          </Text>
        </Stack>
        <PaymentBadge state={one.state} />
      </Group>
    </Paper>
  );
}
