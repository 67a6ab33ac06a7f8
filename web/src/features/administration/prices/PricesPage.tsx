import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { BackLink } from "@/ui/BackLink";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { EmptyState } from "@/ui/notice/EmptyState";
import { Icon } from "@/ui/Icon";
import { Page } from "@/ui/Page";
import { PagedTable } from "@/ui/table/PagedTable";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { useSites } from "../pickers/api/listSites";
import { useResourcesOf } from "../pickers/api/readResources";
import { ROLES } from "../pickers/roles";
import { usePrices } from "./api/listPrices";
import { useRemovePrice } from "./api/removePrice";
import { useMoney } from "./money";
import { PriceDrawer } from "./PriceDrawer";
import { QuoteCard } from "./QuoteCard";

type Price = components["schemas"]["PriceShown"];

export function PricesPage() {
  const { t, i18n } = useLingui();
  const money = useMoney();
  const list = usePrices();
  const [making, { open, close }] = useDisclosure();
  const [changing, setChanging] = useState<Price | null>(null);
  const units = { hour: t`an hour`, reservation: t`a reservation`, seat: t`each resource` };
  const add = (
    <Button leftSection={<Icon name="plus" />} onClick={open}>
      <Trans>New price</Trans>
    </Button>
  );
  return (
    <Page
      title={t`Prices`}
      width="wide"
      above={
        <BackLink to="/administration">
          <Trans>Administration</Trans>
        </BackLink>
      }
      actions={add}
    >
      <PagedTable
        label={t`Prices`}
        list={list}
        rowKey={(one) => one.id}
        columns={[
          { key: "for", title: t`For what`, cell: (one: Price) => <ForWhat price={one} /> },
          { key: "amount", title: t`Price`, cell: (one: Price) => `${money(one.amount_minor, one.currency)} · ${units[one.unit]}` },
          { key: "free", title: t`Free for`, cell: (one: Price) => one.free_roles.map((role) => i18n._(ROLES[role])).join(", ") || "–" },
          { key: "cancel", title: t`When cancelled`, cell: (one: Price) => <Cancelling price={one} /> },
          {
            key: "deeds",
            title: t`Deeds`,
            kind: "action" as const,
            cell: (one: Price) => (
              <Group gap="xs" wrap="nowrap">
                <Button size="compact-md" variant="default" onClick={() => setChanging(one)}>
                  <Trans>Change</Trans>
                </Button>
                <RemovePrice price={one} />
              </Group>
            ),
          },
        ]}
        empty={
          <EmptyState icon="tag" title={t`Everything is free`} action={add}>
            <Trans>Set a price, and ask for payment in the rules of a resource.</Trans>
          </EmptyState>
        }
      />
      <QuoteCard />
      {making && <PriceDrawer price={null} onClose={close} />}
      {changing && <PriceDrawer price={changing} onClose={() => setChanging(null)} />}
    </Page>
  );
}

function ForWhat({ price }: { price: Price }) {
  const { t } = useLingui();
  const [resource] = useResourcesOf(price.resource_id === null ? [] : [price.resource_id]);
  const site = useSites().data?.items.find((one) => one.id === price.site_id);
  if (price.resource_id !== null) return resource?.name ?? `#${price.resource_id}`;
  const tag = price.tag;
  const place = site?.path.join(" / ");
  return [price.kind, tag && t`with ${tag}`, place && t`in ${place}`].filter(Boolean).join(", ") || t`Everything`;
}

function Cancelling({ price }: { price: Price }) {
  const { free_until_hours: hours, kept_percent: percent } = price;
  if (percent === 0) return <Trans>All is given back</Trans>;
  return (
    <Trans>
      {percent} % is kept within {hours} h
    </Trans>
  );
}

function RemovePrice({ price }: { price: Price }) {
  const { t } = useLingui();
  const removing = useRemovePrice();
  return (
    <ConfirmButton
      size="compact-md"
      question={t`Remove this price?`}
      consequence={<Trans>What was agreed on before stays. The next price that fits holds from now on, or none.</Trans>}
      deed={t`Remove the price`}
      busy={removing.isPending}
      onConfirm={() => removing.mutateAsync({ params: { path: { price_id: price.id } } })}
      more={removing.isError && <ProblemAlert error={removing.error} />}
    >
      <Trans>Remove</Trans>
    </ConfirmButton>
  );
}
