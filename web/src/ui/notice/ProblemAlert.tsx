import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Stack, Text } from "@mantine/core";
import { asProblem } from "@/lib/api/problem";
import { Icon } from "@/ui/Icon";

interface Props {
  error: unknown;
  /** Says it better than the error does by itself. */
  sentence?: string;
  /** Tries again what was refused. */
  onRetry?: () => void;
}

/** Says in a sentence why something was refused, and offers the way out that there is. */
export function ProblemAlert({ error, sentence, onRetry }: Props) {
  const { t } = useLingui();
  return (
    <Alert color="red" variant="light" role="alert" icon={<Icon name="warning" />} title={t`This did not work`}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm" c="var(--mantine-color-text)">
          {sentence ?? asProblem(error).sentence}
        </Text>
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            <Trans>Try again</Trans>
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
