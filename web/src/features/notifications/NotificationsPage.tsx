import { useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, Tabs } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { MoreButton } from "@/ui/table/MoreButton";
import { Page } from "@/ui/Page";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellProblem } from "@/ui/notice/toast";
import { useNotifications } from "./api/listNotifications";
import { useMarkAllRead } from "./api/markAllRead";
import { useUnreadCount } from "./api/readUnreadCount";
import { NotificationCard } from "./NotificationCard";

const route = getRouteApi("/signed-in/notifications");

export function NotificationsPage() {
  const { t } = useLingui();
  const { view } = route.useSearch();
  const navigate = route.useNavigate();
  const unread = useUnreadCount().data?.unread ?? 0;
  const show = (next: string | null) => void navigate({ search: { view: next === "unread" ? "unread" : undefined } });
  return (
    <Page
      title={t`Notifications`}
      actions={
        <Button variant="default" renderRoot={(props) => <Link to="/notifications/preferences" {...props} />}>
          {t`What I am told of`}
        </Button>
      }
    >
      <Tabs value={view ?? "all"} onChange={show} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="all">{t`All`}</Tabs.Tab>
          <Tabs.Tab value="unread">{unread > 0 ? t`Unread (${unread})` : t`Unread`}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="all">
          <List unread={false} />
        </Tabs.Panel>
        <Tabs.Panel value="unread">
          <List unread />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function List({ unread }: { unread: boolean }) {
  const { t } = useLingui();
  const list = useNotifications(unread);
  const readingAll = useMarkAllRead();
  if (list.isPending) return <ListSkeleton />;
  if (list.isError) return <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />;
  const found = list.data.pages.flatMap((page) => page.items);
  const newest = found[0];
  if (!newest)
    return (
      <EmptyState icon="bell" title={unread ? t`You have read everything` : t`Nothing to tell yet`}>
        {t`What happens to your reservations, and what others ask of you, will be told here.`}
      </EmptyState>
    );
  return (
    <Stack gap="sm">
      {found.some((one) => !one.read_at) && (
        <Group justify="flex-end">
          <Button
            variant="subtle"
            loading={readingAll.isPending}
            onClick={() => readingAll.mutate({ body: { until_id: newest.id } }, { onError: tellProblem })}
          >
            {t`Mark all as read`}
          </Button>
        </Group>
      )}
      {found.map((one) => (
        <NotificationCard key={one.id} notification={one} />
      ))}
      <MoreButton list={list} />
    </Stack>
  );
}
