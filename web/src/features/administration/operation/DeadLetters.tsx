import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";
import { instantWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { EmptyState } from "@/ui/notice/EmptyState";
import { PagedTable } from "@/ui/table/PagedTable";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone, tellProblem } from "@/ui/notice/toast";
import { useDrop } from "./api/dropDeadLetters";
import { useDeadLetters } from "./api/listDeadLetters";
import { useReplay } from "./api/replayDeadLetters";

type Letter = components["schemas"]["DeadLetterShown"];

/** The events that could not be handled: why, and trying again or giving up. */
export function DeadLetters() {
  const { t } = useLingui();
  const locale = useLocale();
  const zone = useViewerZone();
  const list = useDeadLetters();
  return (
    <Stack component="section">
      <Title order={2}>
        <Trans>Events that could not be handled</Trans>
      </Title>
      <PagedTable
        label={t`Events that could not be handled`}
        list={list}
        rowKey={(one) => `${one.module} ${one.group} ${one.id}`}
        columns={[
          { key: "what", title: t`What`, cell: (one: Letter) => <What letter={one} /> },
          { key: "group", title: t`Group`, cell: (one: Letter) => one.group },
          { key: "why", title: t`Why`, cell: (one: Letter) => <Text size="sm">{one.error}</Text> },
          { key: "when", title: t`When`, cell: (one: Letter) => instantWords(new Date(one.died_at), zone, locale) },
          { key: "deeds", title: t`Deeds`, kind: "action" as const, cell: (one: Letter) => <Deeds letter={one} /> },
        ]}
        empty={
          <EmptyState icon="check" title={t`Everything was handled`}>
            <Trans>An event that keeps failing will be listed here.</Trans>
          </EmptyState>
        }
      />
    </Stack>
  );
}

function What({ letter }: { letter: Letter }) {
  return (
    <Stack gap={0}>
      <Text fw={600}>{letter.type}</Text>
      <Text size="sm" c="dimmed">
        {letter.subject} · {letter.id}
      </Text>
    </Stack>
  );
}

function Deeds({ letter }: { letter: Letter }) {
  const { t } = useLingui();
  const replaying = useReplay();
  const dropping = useDrop();
  const body = { module: letter.module, group: letter.group, ids: [letter.id] };
  const replay = () =>
    replaying.mutate({ body }, { onSuccess: () => tellDone(t`It is handled again.`), onError: tellProblem });
  return (
    <Group gap="xs" wrap="nowrap">
      <Button size="compact-md" variant="default" loading={replaying.isPending} onClick={replay}>
        <Trans>Try again</Trans>
      </Button>
      <ConfirmButton
        size="compact-md"
        question={t`Drop this event?`}
        consequence={<Trans>The group never hears of it. This cannot be undone.</Trans>}
        deed={t`Drop the event`}
        busy={dropping.isPending}
        onConfirm={() => dropping.mutateAsync({ body })}
        more={dropping.isError && <ProblemAlert error={dropping.error} />}
      >
        <Trans>Drop</Trans>
      </ConfirmButton>
    </Group>
  );
}
