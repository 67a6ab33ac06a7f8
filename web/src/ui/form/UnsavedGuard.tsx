import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";

interface Props {
  /** Whether something would be lost. */
  dirty: boolean;
}

/** Asks before somebody leaves a page on which something was written and not saved. */
export function UnsavedGuard({ dirty }: Props) {
  const blocker = useBlocker({ shouldBlockFn: () => dirty, enableBeforeUnload: () => dirty, withResolver: true });
  if (blocker.status !== "blocked") return null;
  return <DiscardQuestion onKeep={blocker.reset} onDiscard={blocker.proceed} />;
}

/** The question whether what was written is to be given up. */
export function DiscardQuestion({ onKeep, onDiscard }: { onKeep: () => void; onDiscard: () => void }) {
  const { t } = useLingui();
  return (
    <Modal opened onClose={onKeep} centered withCloseButton={false} aria-label={t`Leave without saving?`} zIndex={400}>
      <Stack>
        <Text fw={650} fz="lg">
          <Trans>Leave without saving?</Trans>
        </Text>
        <Text>
          <Trans>What you have changed here would be lost.</Trans>
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onKeep} data-autofocus>
            <Trans>Stay here</Trans>
          </Button>
          <Button color="red.9" onClick={onDiscard}>
            <Trans>Discard the changes</Trans>
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
