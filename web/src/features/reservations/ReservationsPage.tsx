import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, Tabs, TextInput } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { instantOfFields } from "@/lib/time/fields";
import { startOfDay } from "@/lib/time/wallClock";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { KeptList } from "@/ui/holds/KeptList";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { Page } from "@/ui/Page";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import type { ReservationState } from "@/ui/StateBadge";
import { useOwn } from "./api/listOwn";
import { useUpcoming } from "./api/listUpcoming";
import { ReservationCard } from "./ReservationCard";
import type { View } from "./search";
import { SeriesList } from "./SeriesList";

const route = getRouteApi("/signed-in/reservations");
const AHEAD: ReservationState[] = ["held", "pending", "ready", "in_use"];
const PAST: ReservationState[] = ["finished", "no_show"];
const CANCELLED: ReservationState[] = ["cancelled", "expired"];

export function ReservationsPage() {
  const { t } = useLingui();
  const { view = "upcoming", ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const show = (next: string | null) =>
    void navigate({ search: { ...filters, view: next === "upcoming" ? undefined : (next as View) } });
  const isFiltered = Boolean(filters.from ?? filters.until ?? filters.resource);
  return (
    <Page title={t`My reservations`}>
      <KeptList />
      <Tabs value={view} onChange={show} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="upcoming">{t`Upcoming`}</Tabs.Tab>
          <Tabs.Tab value="past">{t`Past`}</Tabs.Tab>
          <Tabs.Tab value="cancelled">{t`Cancelled`}</Tabs.Tab>
          <Tabs.Tab value="series">{t`Series`}</Tabs.Tab>
        </Tabs.List>
        {view !== "series" && <Filters />}
        <Tabs.Panel value="upcoming">{isFiltered ? <Own states={AHEAD} /> : <Upcoming />}</Tabs.Panel>
        <Tabs.Panel value="past">
          <Own states={PAST} empty={t`What you have used will be listed here.`} />
        </Tabs.Panel>
        <Tabs.Panel value="cancelled">
          <Own states={CANCELLED} empty={t`What you give up will be listed here.`} />
        </Tabs.Panel>
        <Tabs.Panel value="series">
          <SeriesList />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

/** From which day to which; both stand in the address. */
function Filters() {
  const { t } = useLingui();
  const { from, until, resource, view } = route.useSearch();
  const navigate = route.useNavigate();
  const set = (change: { from?: string; until?: string }) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  return (
    <Group gap="sm" mb="md" align="flex-end">
      <TextInput type="date" size="sm" label={t`From day`} value={from ?? ""} onChange={(event) => set({ from: event.currentTarget.value || undefined })} />
      <TextInput type="date" size="sm" label={t`To day`} value={until ?? ""} onChange={(event) => set({ until: event.currentTarget.value || undefined })} />
      {(from ?? until ?? resource) && (
        <Button variant="default" onClick={() => void navigate({ search: { view } })}>
          <Trans>Show all</Trans>
        </Button>
      )}
    </Group>
  );
}

function Upcoming() {
  const { t } = useLingui();
  return <List list={useUpcoming()} empty={t`You have nothing ahead. What you reserve will be listed here.`} />;
}

function Own({ states, empty }: { states: ReservationState[]; empty?: string }) {
  const { t } = useLingui();
  const zone = useViewerZone();
  const { from, until, resource } = route.useSearch();
  const first = from && instantOfFields({ date: from, time: "00:00" }, zone);
  const last = until && instantOfFields({ date: until, time: "00:00" }, zone);
  const list = useOwn({
    state: states,
    resource_id: resource,
    from: first ? first.toISOString() : undefined,
    until: last ? startOfDay(last, zone, 1).toISOString() : undefined,
  });
  const isFiltered = Boolean(from ?? until ?? resource);
  return <List list={list} empty={isFiltered || !empty ? t`Nothing on these days. Take others, or show all.` : empty} />;
}

interface ListProps {
  list: ReturnType<typeof useOwn> | ReturnType<typeof useUpcoming>;
  /** What to say if there is nothing. */
  empty: string;
}

function List({ list, empty }: ListProps) {
  const { t } = useLingui();
  if (list.isPending) return <ListSkeleton />;
  if (list.isError) return <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />;
  const found = list.data.pages.flatMap((page) => page.items);
  if (found.length === 0)
    return (
      <EmptyState
        icon="calendar"
        title={t`Nothing here`}
        action={
          <Button renderRoot={(props) => <Link to="/" {...props} />}>
            <Trans>Reserve something</Trans>
          </Button>
        }
      >
        {empty}
      </EmptyState>
    );
  return (
    <Stack gap="sm">
      {found.map((one) => (
        <ReservationCard key={one.id} reservation={one} />
      ))}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </Stack>
  );
}
