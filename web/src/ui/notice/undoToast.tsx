import { Trans } from "@lingui/react/macro";
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { tellProblem } from "./toast";

const SHOWN_MS = 10_000;

/** Tell that something was done, and offer to undo it for as long as that is shown. */
export function tellUndoable(message: string, undo: () => Promise<unknown>): void {
  const id = notifications.show({
    color: "green.9",
    autoClose: SHOWN_MS,
    closeButtonProps: { "aria-label": "×" },
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            notifications.hide(id);
            undo().catch(tellProblem);
          }}
        >
          <Trans>Undo</Trans>
        </Button>
      </Group>
    ),
  });
}
