import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Group, Loader, Paper, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { ConfirmButton } from "../../form/ConfirmButton";
import { Icon } from "../../Icon";
import { InstantWords } from "../../InstantWords";
import { ProblemAlert } from "../../notice/ProblemAlert";
import { tellDone, tellProblem } from "../../notice/toast";
import { useRefreshSubscription } from "./api/refreshSubscription";
import { useRemoveSubscription } from "./api/removeSubscription";
import type { Subscription } from "./subscription";

interface Props {
  subscription: Subscription;
  /** What becomes of its busy times when it is removed. */
  consequence: ReactNode;
  /** What else there is to say of it. */
  children?: ReactNode;
}

/** A calendar from outside: when it was read last, what went wrong since, and the verbs. */
export function SubscriptionCard({ subscription: one, consequence, children }: Props) {
  const { t } = useLingui();
  const refreshing = useRefreshSubscription();
  const removing = useRemoveSubscription();
  const refresh = () =>
    refreshing.mutate(one, {
      onSuccess: (now) => {
        if (now === null) tellDone(t`It is asked for. Look again in a moment.`);
        else if (now.error === null) tellDone(t`The calendar was read.`);
      },
      onError: tellProblem,
    });
  return (
    <Paper p="md" withBorder component="article" aria-label={one.name}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Stack gap={2} miw={0} flex="1 1 240px">
            <Text fw={600}>{one.name}</Text>
            <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
              {one.url ?? t`From a file`}
            </Text>
            <Read subscription={one} />
          </Stack>
          <Group gap="xs">
            {one.url !== null && (
              <Button variant="default" loading={refreshing.isPending} onClick={refresh}>
                <Trans>Read it now</Trans>
              </Button>
            )}
            <Remove subscription={one} removing={removing} consequence={consequence} />
          </Group>
        </Group>
        {one.error !== null && (
          <Alert color="red" variant="light" icon={<Icon name="warning" />} title={t`It cannot be read`}>
            <Stack gap={4} c="var(--mantine-color-text)">
              <Text size="sm">{one.error}</Text>
              <Text size="sm">
                <Trans>What was busy stays busy until it can be read again.</Trans>
              </Text>
            </Stack>
          </Alert>
        )}
        {/* Nothing more is asked about what is going. */}
        {!removing.isPending && children}
      </Stack>
    </Paper>
  );
}

function Read({ subscription: one }: { subscription: Subscription }) {
  if (one.tried_at === null)
    return (
      <Group gap="xs" role="status">
        <Loader size="xs" aria-hidden />
        <Text size="sm">
          <Trans>It is being read …</Trans>
        </Text>
      </Group>
    );
  return (
    <Text size="sm">
      {one.fetched_at === null ? (
        <Trans>It was never read yet.</Trans>
      ) : (
        <Trans>
          Last read: <InstantWords at={one.fetched_at} />
        </Trans>
      )}
    </Text>
  );
}

interface RemoveProps {
  subscription: Subscription;
  removing: ReturnType<typeof useRemoveSubscription>;
  consequence: ReactNode;
}

function Remove({ subscription: one, removing, consequence }: RemoveProps) {
  const { t } = useLingui();
  const remove = () => removing.mutateAsync({ params: { path: { subscription_id: one.id } } }).then(() => tellDone(t`${one.name} is not followed any more.`));
  return (
    <ConfirmButton
      question={t`Follow ${one.name} no more?`}
      consequence={consequence}
      deed={t`Remove the calendar`}
      busy={removing.isPending}
      onConfirm={remove}
      more={removing.isError && <ProblemAlert error={removing.error} />}
    >
      <Trans>Remove</Trans>
    </ConfirmButton>
  );
}
