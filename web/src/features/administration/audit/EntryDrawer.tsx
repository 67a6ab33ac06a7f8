import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Code, Drawer, Stack, Table, Text, Title } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";
import { instantWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";

type Entry = components["schemas"]["EntryShown"];

/** All that an entry of the audit log says, and what changed from what to what. */
export function EntryDrawer({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const { t } = useLingui();
  const locale = useLocale();
  const zone = useViewerZone();
  const instant = (text: string) => instantWords(new Date(text), zone, locale);
  const facts = [
    [t`Entry`, entry.sequence],
    [t`Subject`, entry.subject],
    [t`Who`, entry.actor?.name ?? t`Berth itself`],
    [t`Happened`, instant(entry.occurred_at)],
    [t`Recorded`, instant(entry.recorded_at)],
    [t`From where`, entry.address ?? "–"],
    [t`Request`, entry.trace_id ?? "–"],
    [t`Hash`, entry.hash],
  ] as const;
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={entry.type} closeButtonProps={{ "aria-label": t`Close` }}>
      <Stack>
        <Table variant="vertical" layout="fixed">
          <Table.Tbody>
            {facts.map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Th w={120}>{name}</Table.Th>
                <Table.Td style={{ overflowWrap: "anywhere" }}>{value}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {(entry.before || entry.after) && <Changes before={entry.before ?? {}} after={entry.after ?? {}} />}
        <Title order={3} fz="md">
          <Trans>Data</Trans>
        </Title>
        <Code block tabIndex={0}>
          {JSON.stringify(entry.data, null, 2)}
        </Code>
      </Stack>
    </Drawer>
  );
}

function Changes({ before, after }: { before: Record<string, unknown>; after: Record<string, unknown> }) {
  const members = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return (
    <>
      <Title order={3} fz="md">
        <Trans>What changed</Trans>
      </Title>
      <Table layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <Trans>Member</Trans>
            </Table.Th>
            <Table.Th>
              <Trans>Before</Trans>
            </Table.Th>
            <Table.Th>
              <Trans>After</Trans>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {members.map((member) => (
            <Table.Tr key={member}>
              <Table.Td>{member}</Table.Td>
              <Value of={before[member]} />
              <Value of={after[member]} />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

function Value({ of }: { of: unknown }) {
  return (
    <Table.Td style={{ overflowWrap: "anywhere" }}>
      <Text size="sm">{of === undefined || of === null ? "–" : typeof of === "string" ? of : JSON.stringify(of)}</Text>
    </Table.Td>
  );
}
