import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { Icon } from "../Icon";
import { KEPT_MINUTES } from "./useHolding";

/** Keeps a slot for somebody who has not decided yet. */
export function KeepButton({ isPending, disabled, onKeep }: { isPending: boolean; disabled: boolean; onKeep: () => void }) {
  const minutes = KEPT_MINUTES;
  return (
    <Button
      variant="light"
      mih={36}
      h="auto"
      py={6}
      styles={{ label: { whiteSpace: "normal", lineHeight: 1.3 } }}
      leftSection={<Icon name="hourglass" size={16} />}
      loading={isPending}
      disabled={disabled}
      onClick={onKeep}
    >
      <Trans>Keep it for {minutes} minutes while I decide</Trans>
    </Button>
  );
}
