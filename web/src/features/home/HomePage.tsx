import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { useMe } from "@/lib/api/readMe";
import { KeptList } from "@/ui/holds/KeptList";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { Page } from "@/ui/Page";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { useHasResources } from "./api/readAnyResource";
import { Counts } from "./Counts";
import { FirstResource } from "./FirstResource";
import { NowAndNext } from "./NowAndNext";
import { QuickReserve } from "./quick/QuickReserve";

const route = getRouteApi("/signed-in/");

/** The start: what is now and next, what waits for oneself, and one line to reserve in. */
export function HomePage() {
  const { t } = useLingui();
  const me = useMe().data;
  const has = useHasResources();
  return (
    <Page title={me ? t`Hello, ${me.name}` : t`Home`}>
      <Counts />
      <KeptList />
      {has.isPending && <ListSkeleton rows={2} height={120} />}
      {has.isError && <ProblemAlert error={has.error} onRetry={() => void has.refetch()} />}
      {has.data === true && <Lively mayReserve={me?.role !== "guest"} />}
      {has.data === false &&
        (me?.role === "admin" ? (
          <FirstResource />
        ) : (
          <EmptyState icon="calendar" title={t`There is nothing to reserve yet`}>
            <Trans>An administrator has to add the first room, desk or device. It appears here by itself then.</Trans>
          </EmptyState>
        ))}
    </Page>
  );
}

function Lively({ mayReserve }: { mayReserve: boolean }) {
  const { wish = "" } = route.useSearch();
  return (
    <>
      {mayReserve && <QuickReserve key={wish} first={wish} />}
      <NowAndNext />
    </>
  );
}
