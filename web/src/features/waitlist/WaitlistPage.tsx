import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Stack, Tabs } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { Page } from "@/ui/Page";
import { MoreButton } from "@/ui/table/MoreButton";
import { usePlaces, usePlacesOver } from "./api/listPlaces";
import { OverCard } from "./OverCard";
import { PlaceCard } from "./PlaceCard";
import type { View } from "./search";

const route = getRouteApi("/signed-in/waitlist");

/** One's own places in the waitlist: those that are not over, with what is offered, and what became of the others. */
export function WaitlistPage() {
  const { t } = useLingui();
  const { view = "waiting" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={t`Waitlist`}>
      <Tabs value={view} onChange={(next) => void navigate({ search: { view: next === "waiting" ? undefined : (next as View) } })} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="waiting">{t`In line`}</Tabs.Tab>
          <Tabs.Tab value="over">{t`Over`}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="waiting">
          <Waiting />
        </Tabs.Panel>
        <Tabs.Panel value="over">
          <Over />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Waiting() {
  const { t } = useLingui();
  const places = usePlaces();
  const found = places.data?.pages.flatMap((page) => page.items) ?? [];
  if (places.isPending) return <ListSkeleton rows={2} height={160} />;
  if (places.isError) return <ProblemAlert error={places.error} onRetry={() => void places.refetch()} />;
  if (found.length === 0)
    return (
      <Nothing title={t`You wait for nothing`}>
        <Trans>If what you want to reserve is taken, you can join the waitlist there. It is listed here then, and you are told when it is your turn.</Trans>
      </Nothing>
    );
  return (
    <Stack gap="md">
      {found.map((one) => (
        <PlaceCard key={one.id} place={one} />
      ))}
      <MoreButton list={places} />
    </Stack>
  );
}

function Over() {
  const { t } = useLingui();
  const places = usePlacesOver();
  const found = places.data?.pages.flatMap((page) => page.items).reverse() ?? [];
  if (places.isPending) return <ListSkeleton rows={3} />;
  if (places.isError) return <ProblemAlert error={places.error} onRetry={() => void places.refetch()} />;
  if (found.length === 0)
    return (
      <Nothing title={t`Nothing here`}>
        <Trans>What became of your places in line will be listed here.</Trans>
      </Nothing>
    );
  return (
    <Stack gap="sm">
      {found.map((one) => (
        <OverCard key={one.id} place={one} />
      ))}
    </Stack>
  );
}

function Nothing({ title, children }: { title: string; children: ReactNode }) {
  return (
    <EmptyState
      icon="clock"
      title={title}
      action={
        <Button renderRoot={(props) => <Link to="/find" {...props} />}>
          <Trans>Find something</Trans>
        </Button>
      }
    >
      {children}
    </EmptyState>
  );
}
