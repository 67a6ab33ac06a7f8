import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Code, Group, Paper, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Icon } from "@/ui/Icon";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { verifyRecord } from "./api/verify";

/** Verifies the record, against a head that was noted elsewhere if there is one. */
export function VerifyCard() {
  const { t } = useLingui();
  const [head, setHead] = useState("");
  const verifying = useMutation({ mutationFn: () => verifyRecord(head.trim() || undefined) });
  const found = verifying.data;
  const count = found?.entries ?? 0;
  return (
    <Paper p="lg" withBorder component="section">
      <Stack>
        <Group align="flex-end">
          <TextInput flex="1 1 260px" label={t`Noted head (optional)`} description={t`Note the head elsewhere, and compare it at a later time.`} value={head} onChange={(event) => setHead(event.currentTarget.value)} />
          <Button variant="light" size="md" loading={verifying.isPending} onClick={() => verifying.mutate()}>
            <Trans>Verify the record</Trans>
          </Button>
        </Group>
        {verifying.isError && <ProblemAlert error={verifying.error} />}
        {found && (
          <Alert color={found.ok ? "green" : "red"} icon={<Icon name={found.ok ? "check" : "warning"} />} role="status" title={found.ok ? t`The record is whole` : t`The record was altered`}>
            <Stack gap={4}>
              {found.broken && <Text size="sm">{found.broken.message}</Text>}
              {found.ok && (
                <Text size="sm">
                  <Trans>{count} entries fit, from the first to the last.</Trans>
                </Text>
              )}
              {found.noted_was_removed && (
                <Text size="sm">
                  <Trans>The noted head is of an entry that was removed for its age; it says nothing any more.</Trans>
                </Text>
              )}
              <Text size="sm">
                <Trans>Head:</Trans> <Code style={{ overflowWrap: "anywhere" }}>{`${found.head.sequence}:${found.head.hash}`}</Code>
              </Text>
            </Stack>
          </Alert>
        )}
      </Stack>
    </Paper>
  );
}
