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
      <Drawer opened={opened} onClose={close} position="right" size="xl" title={t`What the closing did`} closeButtonProps={{ "aria-label": t`Close` }}>
        {opened && <Deeds blackoutId={blackoutId} />}
      </Drawer>
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
