import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Drawer, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { useClosing } from "./api/readClosing";
import { ClosingItems } from "./ClosingItems";

/** Shows what a closing did when it was confirmed. */
export function DeedsButton({ blackoutId }: { blackoutId: number }) {
  const { t } = useLingui();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button size="compact-md" variant="default" onClick={open}>
        <Trans>What it did</Trans>
      </Button>
      <Drawer.Root opened={opened} onClose={close} position="right" size="xl">
        <Drawer.Overlay />
        <Drawer.Content>
          <Drawer.Header role="presentation">
            <Drawer.Title fz="h2" fw={650}>
              {t`What the closing did`}
            </Drawer.Title>
            <Drawer.CloseButton aria-label={t`Close`} />
          </Drawer.Header>
          <Drawer.Body>{opened && <Deeds blackoutId={blackoutId} />}</Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    </>
  );
}

function Deeds({ blackoutId }: { blackoutId: number }) {
  const closing = useClosing(blackoutId);
  return (
    <Stack>
      {closing.isPending && <ListSkeleton rows={2} height={80} />}
      {closing.isError && <ProblemAlert error={closing.error} onRetry={() => void closing.refetch()} />}
      {closing.data && <ClosingItems items={closing.data.items} zone={closing.data.resource.timezone} />}
    </Stack>
  );
}
