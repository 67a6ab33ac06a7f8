import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Group } from "@mantine/core";
import { Icon } from "../Icon";
import type { Stage } from "./stage/stage";

const STEP = 1.5;

/** Nearer, farther, and all of it; for who has neither wheel nor two fingers. */
export function StageButtons({ stage }: { stage: Stage | null }) {
  const { t } = useLingui();
  const same = { variant: "default", size: 36 } as const;
  return (
    <Group gap={4} className="seat-stage-buttons">
      <ActionIcon {...same} aria-label={t`Zoom in`} onClick={() => stage?.zoom(STEP)}>
        <Icon name="plus" />
      </ActionIcon>
      <ActionIcon {...same} aria-label={t`Zoom out`} onClick={() => stage?.zoom(1 / STEP)}>
        <Icon name="minus" />
      </ActionIcon>
      <ActionIcon {...same} aria-label={t`Show everything`} onClick={() => stage?.fit()}>
        <Icon name="frame" />
      </ActionIcon>
    </Group>
  );
}
