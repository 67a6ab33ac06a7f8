import { Trans } from "@lingui/react/macro";
import { Alert, Button, Group } from "@mantine/core";
import { takeUpdate, useUpdate } from "@/lib/offline/worker";
import { Icon } from "@/ui/Icon";

/** Says that a newer version of the app is there, and changes to it when it suits. */
export function UpdateNotice() {
  const update = useUpdate();
  if (!update) return null;
  return (
    <Alert variant="light" icon={<Icon name="check" />} mb="md" role="status">
      <Group justify="space-between" gap="sm">
        <span className="notice-text">
          <Trans>A new version of Berth is here.</Trans>
        </span>
        <Button size="xs" onClick={() => takeUpdate(update)}>
          <Trans>Change to it</Trans>
        </Button>
      </Group>
    </Alert>
  );
}
