import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Button, Group, Modal, Stack, Switch, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useMe } from "@/lib/api/readMe";
import { Icon } from "../Icon";
import { ProblemAlert } from "../notice/ProblemAlert";
import { AddressDialog } from "./AddressDialog";
import { useCreateFeed } from "./api/createFeed";

interface Props {
  kind: "resource" | "site";
  id: number;
  name: string;
}

/** Makes an address under which a calendar program reads when a resource, or what is in a site, is taken. */
export function SubscribeButton(props: Props) {
  const [opened, { open, close }] = useDisclosure();
  const [url, setUrl] = useState<string | null>(null);
  const made = (address: string) => {
    close();
    setUrl(address);
  };
  return (
    <>
      <Button variant="default" w="fit-content" leftSection={<Icon name="calendar" size={16} />} onClick={open}>
        <Trans>Subscribe to this calendar</Trans>
      </Button>
      <Modal.Root opened={opened} onClose={close} centered>
        <Modal.Overlay />
        <Modal.Content>
          <Modal.Body p="lg">
            <Making {...props} onMade={made} onClose={close} />
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
      <AddressDialog url={url} onClose={() => setUrl(null)} />
    </>
  );
}

function Making({ kind, id, name, onMade, onClose }: Props & { onMade: (url: string) => void; onClose: () => void }) {
  const { t } = useLingui();
  const isAdmin = useMe().data?.role === "admin";
  const [titles, setTitles] = useState(false);
  const creating = useCreateFeed();
  const make = () => creating.mutate({ body: { kind, id, titles } }, { onSuccess: (feed) => onMade(feed.url) });
  return (
    <Stack>
      <Modal.Title fz="h2" fw={650}>
        {name}
      </Modal.Title>
      <Text>
        {kind === "site" ? (
          <Trans>Your calendar program shows when anything in this site is taken or closed, and hears of changes by itself.</Trans>
        ) : (
          <Trans>Your calendar program shows when it is taken or closed, and hears of changes by itself.</Trans>
        )}
      </Text>
      {isAdmin ? (
        <Switch
          checked={titles}
          onChange={(event) => setTitles(event.currentTarget.checked)}
          label={t`With titles and names`}
          description={t`Otherwise whoever has the address sees no more than that it is taken.`}
        />
      ) : (
        <Text size="sm" c="dimmed">
          <Trans>Titles and names are not in it; only administrators may show them.</Trans>
        </Text>
      )}
      {creating.isError && <ProblemAlert error={creating.error} />}
      <Text size="sm">
        <Trans>
          All your addresses stand under <CalendarsLink />, where you can revoke them.
        </Trans>
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          <Trans>Back</Trans>
        </Button>
        <Button loading={creating.isPending} onClick={make}>
          <Trans>Make an address</Trans>
        </Button>
      </Group>
    </Stack>
  );
}

function CalendarsLink() {
  return (
    <Anchor inherit underline="always" renderRoot={(props) => <Link to="/profile/calendars" {...props} />}>
      <Trans>Calendars</Trans>
    </Anchor>
  );
}
