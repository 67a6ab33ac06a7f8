import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Badge, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { Locale } from "@/lib/i18n/locales";
import { useLocale } from "@/lib/i18n/useLocale";
import { instantWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellProblem } from "@/ui/notice/toast";
import { usePayments } from "../api/listPayments";
import { useReceipt } from "../api/readReceipt";

type Payment = components["schemas"]["PaymentShown"];

/** What a reservation costs and how its payment stands; nothing where it costs nothing. */
export function PaymentCard({ reservationId }: { reservationId: number }) {
  const payments = usePayments(reservationId);
  if (payments.isError) return <ProblemAlert error={payments.error} onRetry={() => void payments.refetch()} />;
  if (!payments.data?.items.length) return null;
  return (
    <Paper p="lg" withBorder component="section">
      <Stack>
        <Title order={2}>
          <Trans>Price</Trans>
        </Title>
        {payments.data.items.map((one) => (
          <PaymentRow key={one.id} payment={one} />
        ))}
      </Stack>
    </Paper>
  );
}

function PaymentRow({ payment: one }: { payment: Payment }) {
  const { t, i18n } = useLingui();
  const locale = useLocale();
  const zone = useViewerZone();
  const receipt = useReceipt();
  const words: Record<Payment["state"], string> = {
    opening: t`Being prepared`,
    awaiting: t`To be paid`,
    authorised: t`Secured`,
    taken: t`Paid`,
    part_returned: t`Partly returned`,
    returned: t`Returned`,
    declined: t`Declined`,
  };
  const download = () =>
    receipt.mutate({ paymentId: one.id, language: i18n.locale as Locale }, { onSuccess: (file) => save(file, `berth-${one.id}.pdf`), onError: tellProblem });
  return (
    <Group justify="space-between">
      <Stack gap={2}>
        <Group gap="sm">
          <Text fw={650} fz="lg">
            {one.amount}
          </Text>
          <Badge variant="light" size="lg" tt="none" fw={600} color={one.state === "declined" ? "red" : one.state === "awaiting" ? "yellow" : "green"}>
            {words[one.state]}
          </Badge>
        </Group>
        {one.state === "awaiting" && one.due_at && (
          <Text size="sm">
            <Trans>Pay by {instantWords(new Date(one.due_at), zone, locale)}, or the time is given to others.</Trans>
          </Text>
        )}
        {one.error && <Text size="sm">{one.error}</Text>}
      </Stack>
      <Button variant="default" loading={receipt.isPending} onClick={download}>
        <Trans>Download the receipt</Trans>
      </Button>
    </Group>
  );
}

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
