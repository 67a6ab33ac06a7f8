import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useLocale } from "@/lib/i18n/useLocale";
import { instantWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { BackLink } from "@/ui/BackLink";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { Page } from "@/ui/Page";
import { PagedTable } from "@/ui/table/PagedTable";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { AllowanceDrawer } from "./AllowanceDrawer";
import { useGrants } from "./api/listGrants";
import { useUsage } from "./api/listUsage";
import { useAllowance } from "./api/readAllowance";
import { useRemoveAllowance } from "./api/removeAllowance";
import { GrantDrawer } from "./GrantDrawer";
import { useAmountWords, useForWords, useOfWords, usePeriodWords } from "./words";

type Allowance = components["schemas"]["AllowanceShown"];
type Share = components["schemas"]["ShareShown"];
type Grant = components["schemas"]["GrantShown"];

const route = getRouteApi("/signed-in/administration/quotas/$allowanceId");

export function QuotaPage() {
  const { t } = useLingui();
  const { allowanceId } = route.useParams();
  const allowance = useAllowance(allowanceId);
  const one = allowance.data;
  return (
    <Page
      title={one?.name ?? t`Quota ${allowanceId}`}
      width="wide"
      above={
        <BackLink to="/administration/quotas">
          <Trans>Quotas</Trans>
        </BackLink>
      }
      actions={one && !one.removed_at && <Actions allowance={one} />}
    >
      {allowance.isPending && <ListSkeleton rows={2} height={120} />}
      {allowance.isError && <ProblemAlert error={allowance.error} onRetry={() => void allowance.refetch()} />}
      {one && (
        <>
          <Facts allowance={one} />
          <Usage allowance={one} />
          <Grants allowance={one} />
        </>
      )}
    </Page>
  );
}

function Facts({ allowance }: { allowance: Allowance }) {
  const { t } = useLingui();
  const amount = useAmountWords()(allowance.unit, allowance.amount);
  const per = usePeriodWords()[allowance.per];
  const of = useOfWords()(allowance);
  const who = useForWords(allowance);
  return (
    <Paper p="lg" withBorder>
      <Stack gap={4}>
        <Text fz="lg" fw={600}>
          {amount} {per}
        </Text>
        <Text>{of}</Text>
        <Text c="dimmed">{who}</Text>
        {allowance.removed_at && <Alert color="gray" title={t`This was removed and counts nothing any more.`} />}
        {allowance.note && <Alert color="yellow">{allowance.note}</Alert>}
      </Stack>
    </Paper>
  );
}

function Usage({ allowance }: { allowance: Allowance }) {
  const { t } = useLingui();
  const list = useUsage(allowance.id);
  const words = useAmountWords();
  const amount = (value: number) => words(allowance.unit, value);
  const [pool] = list.data?.pages[0]?.together ?? [];
  const left = pool && pool.left !== null ? amount(pool.left) : null;
  return (
    <Stack component="section">
      <Title order={2}>
        <Trans>In the present period</Trans>
      </Title>
      {left && (
        <Text>
          <Trans>All together have {left} left.</Trans>
        </Text>
      )}
      <PagedTable
        label={t`Usage`}
        list={list}
        rowKey={(one) => one.person.id}
        columns={[
          { key: "who", title: t`Who`, cell: (one: Share) => one.person.name ?? `#${one.person.id}` },
          { key: "left", title: t`Left`, kind: "number" as const, cell: (one: Share) => (one.left === null ? "–" : amount(one.left)) },
          { key: "held", title: t`Held`, kind: "number" as const, cell: (one: Share) => amount(one.held) },
          { key: "used", title: t`Used`, kind: "number" as const, cell: (one: Share) => amount(one.used) },
          { key: "granted", title: t`Granted`, kind: "number" as const, cell: (one: Share) => amount(one.granted) },
        ]}
        empty={
          <Text c="dimmed">
            <Trans>Nobody has used any of it.</Trans>
          </Text>
        }
      />
    </Stack>
  );
}

function Grants({ allowance }: { allowance: Allowance }) {
  const { t } = useLingui();
  const locale = useLocale();
  const zone = useViewerZone();
  const list = useGrants(allowance.id);
  const amount = useAmountWords();
  return (
    <Stack component="section">
      <Title order={2}>
        <Trans>Grants</Trans>
      </Title>
      <PagedTable
        label={t`Grants`}
        list={list}
        rowKey={(one) => one.id}
        columns={[
          { key: "who", title: t`For`, cell: (one: Grant) => (one.person ? (one.person.name ?? `#${one.person.id}`) : t`All together`) },
          { key: "amount", title: t`How much`, kind: "number" as const, cell: (one: Grant) => amount(allowance.unit, one.amount) },
          { key: "period", title: t`Period`, cell: (one: Grant) => one.period },
          { key: "reason", title: t`Reason`, cell: (one: Grant) => one.reason },
          { key: "by", title: t`By`, cell: (one: Grant) => one.actor.name ?? `#${one.actor.id}` },
          { key: "at", title: t`When`, cell: (one: Grant) => instantWords(new Date(one.created_at), zone, locale) },
        ]}
        empty={
          <Text c="dimmed">
            <Trans>Nobody was granted more.</Trans>
          </Text>
        }
      />
    </Stack>
  );
}

function Actions({ allowance }: { allowance: Allowance }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const removing = useRemoveAllowance();
  const [changing, change] = useDisclosure();
  const [granting, grant] = useDisclosure();
  const remove = async () => {
    await removing.mutateAsync({ params: { path: { allowance_id: allowance.id } } });
    tellDone(t`${allowance.name} is removed.`);
    await navigate({ to: "/administration/quotas" });
  };
  return (
    <Group gap="xs">
      <Button onClick={grant.open}>
        <Trans>Grant more</Trans>
      </Button>
      <Button variant="default" onClick={change.open}>
        <Trans>Change</Trans>
      </Button>
      <ConfirmButton
        question={t`Remove ${allowance.name}?`}
        consequence={<Trans>It counts nothing any more. What it counted can still be read.</Trans>}
        deed={t`Remove the quota`}
        busy={removing.isPending}
        onConfirm={remove}
        more={removing.isError && <ProblemAlert error={removing.error} />}
      >
        <Trans>Remove</Trans>
      </ConfirmButton>
      {changing && <AllowanceDrawer allowance={allowance} onClose={change.close} />}
      {granting && <GrantDrawer allowance={allowance} onClose={grant.close} />}
    </Group>
  );
}
