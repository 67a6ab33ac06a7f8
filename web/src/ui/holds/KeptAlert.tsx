import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Stack, Text } from "@mantine/core";
import { Countdown } from "../Countdown";
import { Icon } from "../Icon";
import { TimeRange } from "../TimeRange";
import type { Kept } from "./kept";

/** What is kept while somebody decides, and for how long yet. */
export function KeptAlert({ kept, onGiveBack }: { kept: Kept; onGiveBack: () => void }) {
  const { t } = useLingui();
  return (
    <Alert variant="light" role="status" icon={<Icon name="hourglass" />} title={t`Kept for you`}>
      <Stack gap="xs" align="flex-start" c="var(--mantine-color-text)">
        <div>
          <Text fw={600}>{kept.resources.map((one) => one.name).join(", ")}</Text>
          <TimeRange start={kept.start.toISOString()} end={kept.end.toISOString()} zone={kept.resources[0]?.timezone ?? "UTC"} />
          <Countdown until={kept.until} />
        </div>
        <Text size="sm">
          <Trans>Close this if you like: until then you find it on the start page and beside your reservations.</Trans>
        </Text>
        <Button size="sm" variant="default" onClick={onGiveBack}>
          <Trans>Give it back and change it</Trans>
        </Button>
      </Stack>
    </Alert>
  );
}

/** Says that what was kept is not any more, and offers to keep it once more. */
export function RanOutAlert({ isPending, onAgain }: { isPending: boolean; onAgain?: () => void }) {
  const { t } = useLingui();
  return (
    <Alert color="yellow" variant="light" role="status" icon={<Icon name="clock" />} title={t`The time ran out`}>
      <Stack gap="xs" align="flex-start" c="var(--mantine-color-text)">
        <Text size="sm">
          <Trans>It is not kept for you any more. Reserve it now if it is still free, or have it kept once more.</Trans>
        </Text>
        {onAgain && (
          <Button size="sm" variant="default" loading={isPending} onClick={onAgain}>
            <Trans>Try again</Trans>
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
