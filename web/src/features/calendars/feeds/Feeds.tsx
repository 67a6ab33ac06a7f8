import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useMe } from "@/lib/api/readMe";
import { AddressDialog } from "@/ui/calendars/AddressDialog";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { Icon } from "@/ui/Icon";
import { InstantWords } from "@/ui/InstantWords";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { PagedTable } from "@/ui/table/PagedTable";
import { useFeeds } from "./api/listFeeds";
import { useSites } from "./api/listSites";
import { useResource } from "./api/readResource";
import { useRevokeFeed } from "./api/revokeFeed";
import { FeedDrawer } from "./FeedDrawer";

type Feed = components["schemas"]["FeedShown"];

/** The secret addresses under which calendar programs read: made, listed with when they were read, and revoked. */
export function Feeds() {
  const { t } = useLingui();
  const me = useMe().data;
  const feeds = useFeeds(me?.id);
  const [making, { open, close }] = useDisclosure();
  const [url, setUrl] = useState<string | null>(null);
  const add = (
    <Button w="fit-content" leftSection={<Icon name="plus" />} onClick={open}>
      <Trans>New address</Trans>
    </Button>
  );
  const columns = [
    { key: "of", title: t`Shows`, cell: (one: Feed) => <Of feed={one} /> },
    { key: "made", title: t`Made`, cell: (one: Feed) => <InstantWords at={one.created_at} /> },
    { key: "read", title: t`Last read`, cell: (one: Feed) => (one.read_at ? <InstantWords at={one.read_at} /> : t`Never`) },
    { key: "deeds", title: t`Deeds`, kind: "action" as const, cell: (one: Feed) => <Revoke feed={one} /> },
  ];
  return (
    <Stack>
      <Text>
        <Trans>A calendar program that subscribes to an address shows what is reserved, and hears of each change by itself.</Trans>
      </Text>
      {!!feeds.data?.pages[0]?.items.length && add}
      <PagedTable
        label={t`My addresses`}
        list={feeds}
        columns={columns}
        rowKey={(one) => one.id}
        empty={
          <EmptyState icon="calendar" title={t`You have no address yet`} action={add}>
            <Trans>Make one, and have your reservations in the calendar of your phone or computer.</Trans>
          </EmptyState>
        }
      />
      {making && me && <FeedDrawer me={me} onMade={setUrl} onClose={close} />}
      <AddressDialog url={url} onClose={() => setUrl(null)} />
    </Stack>
  );
}

function Of({ feed }: { feed: Feed }) {
  const { t } = useLingui();
  return (
    <Stack gap={0}>
      <Text fw={600} component="span">
        {feed.kind === "person" && t`My reservations`}
        {feed.kind === "resource" && <ResourceName id={feed.subject_id} />}
        {feed.kind === "site" && <SiteName id={feed.subject_id} />}
      </Text>
      <Text size="sm" c="dimmed">
        {feed.titles ? t`with titles` : t`only that it is taken`}
      </Text>
    </Stack>
  );
}

function ResourceName({ id: resourceId }: { id: number }) {
  const { t } = useLingui();
  const name = useResource(resourceId, true).data?.name;
  return (
    <Anchor inherit renderRoot={(props) => <Link to="/resources/$resourceId" params={{ resourceId }} {...props} />}>
      {name ?? t`Resource ${resourceId}`}
    </Anchor>
  );
}

function SiteName({ id: siteId }: { id: number }) {
  const { t } = useLingui();
  return useSites().data?.items.find((one) => one.id === siteId)?.name ?? t`Site ${siteId}`;
}

function Revoke({ feed }: { feed: Feed }) {
  const { t } = useLingui();
  const revoking = useRevokeFeed();
  const revoke = () => revoking.mutateAsync({ params: { path: { feed_id: feed.id } } }).then(() => tellDone(t`Nobody can read this address any more.`));
  return (
    <Group>
      <ConfirmButton
        size="compact-md"
        question={t`Revoke this address?`}
        consequence={<Trans>Programs that subscribe to it are told nothing any more. It cannot be brought back.</Trans>}
        deed={t`Revoke the address`}
        busy={revoking.isPending}
        onConfirm={revoke}
        more={revoking.isError && <ProblemAlert error={revoking.error} />}
      >
        <Trans>Revoke</Trans>
      </ConfirmButton>
    </Group>
  );
}
