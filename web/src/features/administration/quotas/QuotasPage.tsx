import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Button, Checkbox, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { BackLink } from "@/ui/BackLink";
import { EmptyState } from "@/ui/notice/EmptyState";
import { Icon } from "@/ui/Icon";
import { Page } from "@/ui/Page";
import { PagedTable } from "@/ui/table/PagedTable";
import { AllowanceDrawer } from "./AllowanceDrawer";
import { useAllowances } from "./api/listAllowances";
import { useAmountWords, useForWords, useOfWords, usePeriodWords } from "./words";

type Allowance = components["schemas"]["AllowanceShown"];

export function QuotasPage() {
  const { t } = useLingui();
  const [removed, setRemoved] = useState(false);
  const [making, { open, close }] = useDisclosure();
  const list = useAllowances(removed);
  const amount = useAmountWords();
  const per = usePeriodWords();
  const of = useOfWords();
  const add = (
    <Button leftSection={<Icon name="plus" />} onClick={open}>
      <Trans>New quota</Trans>
    </Button>
  );
  return (
    <Page
      title={t`Quotas`}
      width="wide"
      above={
        <BackLink to="/administration">
          <Trans>Administration</Trans>
        </BackLink>
      }
      actions={add}
    >
      <Text c="dimmed">
        <Trans>They count where the rules of a resource ask for quota before a reservation holds.</Trans>
      </Text>
      <Checkbox label={t`Removed ones`} checked={removed} onChange={(event) => setRemoved(event.currentTarget.checked)} />
      <PagedTable
        label={t`Quotas`}
        list={list}
        rowKey={(one) => one.id}
        columns={[
          { key: "name", title: t`Name`, cell: (one: Allowance) => <Name allowance={one} /> },
          { key: "amount", title: t`How much`, cell: (one: Allowance) => `${amount(one.unit, one.amount)} ${per[one.per]}` },
          { key: "of", title: t`Of what`, cell: (one: Allowance) => of(one) },
          { key: "for", title: t`For whom`, cell: (one: Allowance) => <For allowance={one} /> },
        ]}
        empty={
          <EmptyState icon="gauge" title={t`No quotas`} action={removed ? undefined : add}>
            <Trans>A quota says how much people may reserve in a day, a week, a month or a term.</Trans>
          </EmptyState>
        }
      />
      {making && <AllowanceDrawer allowance={null} onClose={close} />}
    </Page>
  );
}

function Name({ allowance }: { allowance: Allowance }) {
  return (
    <Anchor fw={600} renderRoot={(props) => <Link to="/administration/quotas/$allowanceId" params={{ allowanceId: allowance.id }} {...props} />}>
      {allowance.name}
    </Anchor>
  );
}

function For({ allowance }: { allowance: Allowance }) {
  return useForWords(allowance);
}
