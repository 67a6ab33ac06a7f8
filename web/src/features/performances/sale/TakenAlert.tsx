import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Stack, Text } from "@mantine/core";
import { Icon } from "@/ui/Icon";

interface Props {
  sentence: string;
  /** Seats beside each other that could be had instead, by their ids. */
  alternatives: readonly (readonly string[])[];
  onTake: (ids: readonly string[]) => void;
}

/** Says that others were faster, and what is free near by. */
export function TakenAlert({ sentence, alternatives, onTake }: Props) {
  const { t } = useLingui();
  return (
    <Alert color="yellow" variant="light" role="alert" icon={<Icon name="warning" />} title={t`Somebody was faster`}>
      <Stack gap="xs" align="flex-start" c="var(--mantine-color-text)">
        <Text size="sm">{sentence}</Text>
        {alternatives.length > 0 && (
          <>
            <Text size="sm">
              <Trans>Near by there are:</Trans>
            </Text>
            {alternatives.slice(0, 3).map((ids) => {
              const seats = ids.join(", ");
              return (
                <Button key={seats} size="xs" h="auto" py={6} variant="default" styles={{ label: { whiteSpace: "normal" } }} onClick={() => onTake(ids)}>
                  <Trans>Choose {seats}</Trans>
                </Button>
              );
            })}
          </>
        )}
      </Stack>
    </Alert>
  );
}
