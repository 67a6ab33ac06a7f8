import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Paper, SimpleGrid, Stack, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { fieldOf, instantOfField } from "@/lib/time/fields";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { ResourcePicker } from "../pickers/ResourcePicker";
import { useQuote } from "./api/quote";
import { useMoney } from "./money";

const HOUR_MS = 3_600_000;

/** Says what resources would cost at a time, line by line. */
export function QuoteCard() {
  const { t } = useLingui();
  const zone = useViewerZone();
  const money = useMoney();
  const quoting = useQuote();
  const [from] = useState(() => Math.ceil(Date.now() / HOUR_MS) * HOUR_MS);
  const form = useForm({
    initialValues: { resource_ids: [] as number[], start: fieldOf(new Date(from), zone), end: fieldOf(new Date(from + HOUR_MS), zone) },
    validate: {
      resource_ids: (ids) => (ids.length > 0 ? null : t`Choose what to reserve.`),
      end: (end, { start }) => (end > start ? null : t`The end comes after the start.`),
    },
  });
  const quote = ({ resource_ids, start, end }: typeof form.values) =>
    quoting.mutate({ body: { resource_ids, start: instantOfField(start, zone).toISOString(), end: instantOfField(end, zone).toISOString() } });
  const found = quoting.data;
  return (
    <Paper p="lg" withBorder component="section">
      <form noValidate onSubmit={form.onSubmit(quote)}>
        <Stack>
          <Title order={2}>
            <Trans>What would it cost?</Trans>
          </Title>
          <SimpleGrid cols={{ base: 1, md: 3 }}>
            <ResourcePicker label={t`Resources`} countMax={50} {...form.getInputProps("resource_ids")} />
            <TextInput type="datetime-local" label={t`From`} {...form.getInputProps("start")} />
            <TextInput type="datetime-local" label={t`Until`} {...form.getInputProps("end")} />
          </SimpleGrid>
          <Group>
            <Button type="submit" variant="light" loading={quoting.isPending}>
              <Trans>Work it out</Trans>
            </Button>
          </Group>
          {quoting.isError && <ProblemAlert error={quoting.error} />}
          {found && (
            <Stack gap={4} role="status">
              {found.lines.map((line) => (
                <Group key={line.price_id} justify="space-between">
                  <Text>{line.what}</Text>
                  <Text>{money(line.amount_minor, found.currency)}</Text>
                </Group>
              ))}
              <Group justify="space-between">
                <Text fw={650}>
                  <Trans>Together, for you</Trans>
                </Text>
                <Text fw={650}>{found.lines.length > 0 ? money(found.amount_minor, found.currency) : t`Nothing`}</Text>
              </Group>
            </Stack>
          )}
        </Stack>
      </form>
    </Paper>
  );
}
