import type { components } from "@generated/schema";
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Badge, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useLocale } from "@/lib/i18n/useLocale";
import { instantWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { BackLink } from "@/ui/BackLink";
import { EmptyState } from "@/ui/notice/EmptyState";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { Icon, type IconName } from "@/ui/Icon";
import { Page } from "@/ui/Page";
import { PaymentSubject } from "@/ui/payments/PaymentSubject";
import { PagedTable } from "@/ui/table/PagedTable";
import { tellDone } from "@/ui/notice/toast";
import { usePeople } from "../pickers/api/readPerson";
import { PersonPicker } from "../pickers/PersonPicker";
import { usePayments } from "./api/listPayments";
import { useMarkPaid } from "./api/markPaid";
import { useMoney } from "./money";
import { PAYMENT_STATES } from "./search";

type Payment = components["schemas"]["PaymentShown"];
type State = Payment["state"];

const route = getRouteApi("/signed-in/administration/payments");
const LOOKS: Record<State, { color: string; icon: IconName; label: MessageDescriptor }> = {
  opening: { color: "gray", icon: "hourglass", label: msg`Being opened` },
  awaiting: { color: "yellow", icon: "hourglass", label: msg`To be paid` },
  authorised: { color: "harbour", icon: "card", label: msg`Secured` },
  taken: { color: "green", icon: "check", label: msg`Paid` },
  part_returned: { color: "orange", icon: "left", label: msg`Partly given back` },
  returned: { color: "gray", icon: "left", label: msg`Given back` },
  declined: { color: "red", icon: "cross", label: msg`Declined` },
};

export function PaymentsPage() {
  const { t } = useLingui();
  const money = useMoney();
  const locale = useLocale();
  const zone = useViewerZone();
  const { state, person } = route.useSearch();
  const list = usePayments(state, person);
  const [paying, setPaying] = useState<Payment | null>(null);
  return (
    <Page
      title={t`Payments`}
      width="wide"
      above={
        <BackLink to="/administration">
          <Trans>Administration</Trans>
        </BackLink>
      }
    >
      <Filters />
      <PagedTable
        label={t`Payments`}
        list={list}
        rowKey={(one) => one.id}
        columns={[
          { key: "who", title: t`Who`, cell: (one: Payment) => <Payer id={one.payer_id} /> },
          { key: "amount", title: t`Amount`, kind: "number" as const, cell: (one: Payment) => money(one.amount_minor, one.currency) },
          { key: "state", title: t`State`, cell: (one: Payment) => <StateOf payment={one} /> },
          { key: "for", title: t`For`, cell: (one: Payment) => <PaymentSubject payment={one} /> },
          { key: "due", title: t`Due`, cell: (one: Payment) => (one.due_at ? instantWords(new Date(one.due_at), zone, locale) : "–") },
          {
            key: "deeds",
            title: t`Deeds`,
            kind: "action" as const,
            cell: (one: Payment) =>
              one.provider === "manual" &&
              one.state === "awaiting" && (
                <Button size="compact-md" variant="default" onClick={() => setPaying(one)}>
                  <Trans>Mark as paid</Trans>
                </Button>
              ),
          },
        ]}
        empty={
          <EmptyState icon="card" title={t`No such payments`}>
            <Trans>Payments come about when somebody reserves what has a price and asks for payment, or buys seats.</Trans>
          </EmptyState>
        }
      />
      {paying && <PaidDrawer payment={paying} onClose={() => setPaying(null)} />}
    </Page>
  );
}

function Filters() {
  const { t, i18n } = useLingui();
  const { state, person } = route.useSearch();
  const navigate = route.useNavigate();
  const states = PAYMENT_STATES.map((value) => ({ value, label: i18n._(LOOKS[value].label) }));
  return (
    <Group align="flex-end" gap="sm">
      <Select
        label={t`State`}
        data={states}
        value={state ?? null}
        clearable
        clearButtonProps={{ "aria-label": t`Any state` }}
        onChange={(next) => void navigate({ search: (before) => ({ ...before, state: (next as State | null) ?? undefined }), replace: true })}
      />
      <PersonPicker label={t`Person`} value={person ?? null} onChange={(id) => void navigate({ search: (before) => ({ ...before, person: id ?? undefined }), replace: true })} />
    </Group>
  );
}

function Payer({ id }: { id: number }) {
  const [person] = usePeople([id]);
  return <Text fw={600}>{person?.name ?? `#${id}`}</Text>;
}

function StateOf({ payment }: { payment: Payment }) {
  const { i18n } = useLingui();
  const look = LOOKS[payment.state];
  return (
    <Stack gap={2} align="flex-start">
      <Badge color={look.color} variant="light" size="lg" tt="none" fw={600} leftSection={<Icon name={look.icon} size={14} />}>
        {i18n._(look.label)}
      </Badge>
      {payment.error && <Text size="sm">{payment.error}</Text>}
    </Stack>
  );
}

function PaidDrawer({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const { t } = useLingui();
  const money = useMoney();
  const marking = useMarkPaid();
  const form = useForm({ initialValues: { reference: "" }, validate: { reference: (text) => (text.trim() ? null : t`This is needed.`) } });
  const amount = money(payment.amount_minor, payment.currency);
  const save = async (body: typeof form.values) => {
    await marking.mutateAsync({ params: { path: { payment_id: payment.id } }, body });
    tellDone(t`It is marked as paid.`);
  };
  return (
    <FormDrawer title={t`${amount} was paid`} form={form} onSave={save} onClose={onClose} deed={t`Mark as paid`}>
      <TextInput label={t`Reference`} description={t`By which the payment can be found, such as the number of a transfer.`} maxLength={200} {...form.getInputProps("reference")} />
    </FormDrawer>
  );
}
