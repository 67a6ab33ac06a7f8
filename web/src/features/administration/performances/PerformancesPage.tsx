import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { BackLink } from "@/ui/BackLink";
import { Icon } from "@/ui/Icon";
import { EmptyState } from "@/ui/notice/EmptyState";
import { Page } from "@/ui/Page";
import { PagedTable } from "@/ui/table/PagedTable";
import { TimeRange } from "@/ui/TimeRange";
import { usePerformances } from "./api/listPerformances";
import { PerformanceDrawer } from "./PerformanceDrawer";

type Performance = components["schemas"]["PerformanceShown"];

export function PerformancesPage() {
  const { t } = useLingui();
  const list = usePerformances();
  const [making, { open, close }] = useDisclosure();
  const back = (
    <BackLink to="/administration">
      <Trans>Administration</Trans>
    </BackLink>
  );
  const add = (
    <Button leftSection={<Icon name="plus" />} onClick={open}>
      <Trans>New performance</Trans>
    </Button>
  );
  const columns = [
    {
      key: "name",
      title: t`Name`,
      cell: (one: Performance) => (
        <Anchor fw={600} renderRoot={(props) => <Link {...props} to="/administration/performances/$performanceId" params={{ performanceId: one.id }} />}>
          {one.name}
        </Anchor>
      ),
    },
    { key: "when", title: t`When`, cell: (one: Performance) => <TimeRange start={one.start} end={one.end} zone={one.timezone} /> },
    { key: "state", title: t`State`, cell: (one: Performance) => <StateWords performance={one} /> },
    { key: "free", title: t`Free`, kind: "number" as const, cell: (one: Performance) => one.free },
    { key: "held", title: t`Held`, kind: "number" as const, cell: (one: Performance) => one.held },
    { key: "sold", title: t`Sold`, kind: "number" as const, cell: (one: Performance) => one.sold },
  ];
  return (
    <Page title={t`Performances`} width="wide" above={back} actions={add}>
      <PagedTable
        label={t`Performances`}
        list={list}
        rowKey={(one) => one.id}
        columns={columns}
        empty={
          <EmptyState icon="ticket" title={t`No performances`} action={add}>
            <Trans>Put something on in a venue that has a seat map, and say what its seats cost.</Trans>
          </EmptyState>
        }
      />
      {making && <PerformanceDrawer performance={null} onClose={close} />}
    </Page>
  );
}

/** Whether it is sold now, in words. */
export function StateWords({ performance: one }: { performance: Performance }) {
  if (one.state === "cancelled") return <Trans>Cancelled</Trans>;
  return one.on_sale ? <Trans>On sale</Trans> : <Trans>Not on sale</Trans>;
}
