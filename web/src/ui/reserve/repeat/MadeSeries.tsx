import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Icon } from "../../Icon";
import type { SeriesMade } from "./useRepeating";

/** Says what became of a series: how much of it is reserved, what waits, and what was left out. */
export function MadeSeries({ series, onClose }: { series: SeriesMade; onClose: () => void }) {
  const { t } = useLingui();
  const [made, left] = [series.occurrences.length, series.passed.length];
  const waiting = series.occurrences.filter((one) => one.state === "pending" || one.state === "held").length;
  return (
    <Stack>
      <Alert color="green" variant="light" role="status" icon={<Icon name="check" />} title={t`${plural(made, { one: "# occurrence is reserved", other: "# occurrences are reserved" })}`}>
        <Stack gap={4} c="var(--mantine-color-text)">
          {waiting > 0 && <Text size="sm">{t`${plural(waiting, { one: "# waits for its confirmation.", other: "# wait for their confirmation." })}`}</Text>}
          {left > 0 && <Text size="sm">{t`${plural(left, { one: "# is left out.", other: "# are left out." })}`}</Text>}
        </Stack>
      </Alert>
      <Group justify="space-between">
        <Anchor renderRoot={(props) => <Link to="/series/$seriesId" params={{ seriesId: series.id }} {...props} onClick={onClose} />}>
          <Trans>See the series</Trans>
        </Anchor>
        <Button onClick={onClose}>
          <Trans>Good</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
