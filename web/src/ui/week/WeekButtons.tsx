import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group } from "@mantine/core";
import { Icon } from "../Icon";

interface Props {
  /** Goes so many weeks on, or back. */
  onGo: (weeks: number) => void;
  onPresent: () => void;
}

/** Leads to the week before, the present one and the week after. */
export function WeekButtons({ onGo, onPresent }: Props) {
  const { t } = useLingui();
  return (
    <Group gap="xs" className="no-print">
      <Button variant="default" aria-label={t`Week before`} onClick={() => onGo(-1)}>
        <Icon name="left" />
      </Button>
      <Button variant="default" onClick={onPresent}>
        <Trans>This week</Trans>
      </Button>
      <Button variant="default" aria-label={t`Week after`} onClick={() => onGo(1)}>
        <Icon name="right" />
      </Button>
    </Group>
  );
}
