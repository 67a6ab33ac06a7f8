import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Icon } from "@/ui/Icon";
import { ClosingDrawer } from "./ClosingDrawer";

/** Offers to close a resource for a day. */
export function ClosingButton({ resource }: { resource: { id: number; name: string; timezone: string } }) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<Icon name="clock" />} onClick={open}>
        <Trans>Close for a day</Trans>
      </Button>
      {opened && <ClosingDrawer resource={resource} onClose={close} />}
    </>
  );
}
