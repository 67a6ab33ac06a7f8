import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMe } from "@/lib/api/readMe";
import { FollowDrawer } from "@/ui/calendars/outside/FollowDrawer";
import { SubscriptionCard } from "@/ui/calendars/outside/SubscriptionCard";
import { useReadAnew } from "@/ui/calendars/outside/useReadAnew";
import { Icon } from "@/ui/Icon";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { useOwnSubscriptions } from "./api/listOwn";
import { BusyWeek } from "./BusyWeek";

/** The calendars that one follows for oneself, and when one is busy by them. */
export function Outside() {
  const { t } = useLingui();
  const me = useMe().data;
  const own = useOwnSubscriptions();
  const [following, { open, close }] = useDisclosure();
  const items = own.data?.items ?? [];
  useReadAnew(items);
  const add = (
    <Button w="fit-content" leftSection={<Icon name="plus" />} onClick={open}>
      <Trans>Follow a calendar</Trans>
    </Button>
  );
  return (
    <Stack>
      <Text>
        <Trans>Berth can read calendars that you keep elsewhere, and show you when you are busy. Nobody else sees it.</Trans>
      </Text>
      {own.isPending && <ListSkeleton rows={2} />}
      {own.isError && <ProblemAlert error={own.error} onRetry={() => void own.refetch()} />}
      {own.data && items.length === 0 && (
        <EmptyState icon="calendar" title={t`You follow no calendar yet`} action={add}>
          <Trans>Follow your own calendar or a timetable, by its address or as a file.</Trans>
        </EmptyState>
      )}
      {items.length > 0 && (
        <>
          {add}
          {items.map((one) => (
            <SubscriptionCard key={one.id} subscription={one} consequence={<Trans>What it says is not shown to you any more. The calendar itself is not touched.</Trans>} />
          ))}
          <BusyWeek names={new Map(items.map((one) => [one.id, one.name]))} />
        </>
      )}
      {following && me && (
        <FollowDrawer follower={{ kind: "person", id: me.id }} about={t`It is shown to you alone, and does not reserve anything.`} onClose={close} />
      )}
    </Stack>
  );
}
