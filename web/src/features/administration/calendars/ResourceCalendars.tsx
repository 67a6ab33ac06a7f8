import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { FollowDrawer } from "@/ui/calendars/outside/FollowDrawer";
import { SubscriptionCard } from "@/ui/calendars/outside/SubscriptionCard";
import { useReadAnew } from "@/ui/calendars/outside/useReadAnew";
import { Icon } from "@/ui/Icon";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { useSubscriptions } from "./api/listSubscriptions";
import { Conflicts } from "./Conflicts";

/** The calendars from outside that close a resource, and the reservations that stand in their way. */
export function ResourceCalendars({ resourceId, zone }: { resourceId: number; zone: string }) {
  const { t } = useLingui();
  const list = useSubscriptions(resourceId);
  const [following, { open, close }] = useDisclosure();
  const items = list.data?.items ?? [];
  useReadAnew(items);
  const add = (
    <Button w="fit-content" leftSection={<Icon name="plus" />} onClick={open}>
      <Trans>Follow a calendar</Trans>
    </Button>
  );
  return (
    <Stack>
      <Text>
        <Trans>When a calendar from outside says busy, the resource is closed. What was reserved before stays, and is listed here.</Trans>
      </Text>
      {list.isPending && <ListSkeleton rows={2} />}
      {list.isError && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && (
        <EmptyState icon="calendar" title={t`It follows no calendar`} action={add}>
          <Trans>Follow a timetable or another calendar that is kept elsewhere, by its address or as a file.</Trans>
        </EmptyState>
      )}
      {items.length > 0 && add}
      {items.map((one) => (
        <SubscriptionCard key={one.id} subscription={one} consequence={<Trans>What it closed is open again shortly after.</Trans>}>
          <Conflicts subscriptionId={one.id} zone={zone} />
        </SubscriptionCard>
      ))}
      {following && <FollowDrawer follower={{ kind: "resource", id: resourceId }} about={t`Everybody can read its name where it closes the resource.`} onClose={close} />}
    </Stack>
  );
}
