import { useLingui } from "@lingui/react/macro";
import { Stack } from "@mantine/core";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { Page } from "@/ui/Page";
import { MoreButton } from "@/ui/table/MoreButton";
import { usePlaces } from "./api/listPlaces";
import { PlaceCard } from "./PlaceCard";

/** One's own places in the waitlist, with what is offered. */
export function WaitlistPage() {
  const { t } = useLingui();
  const places = usePlaces();
  const found = places.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t`Waitlist`}>
      {places.isPending && <ListSkeleton rows={2} height={160} />}
      {places.isError && <ProblemAlert error={places.error} onRetry={() => void places.refetch()} />}
      {places.data && found.length === 0 && (
        <EmptyState icon="clock" title={t`You wait for nothing`}>
          {t`Where you stand in line for something that is taken, it will be listed here, and you will be notified of your turn.`}
        </EmptyState>
      )}
      {found.length > 0 && (
        <Stack gap="md">
          {found.map((one) => (
            <PlaceCard key={one.id} place={one} />
          ))}
          <MoreButton list={places} />
        </Stack>
      )}
    </Page>
  );
}
