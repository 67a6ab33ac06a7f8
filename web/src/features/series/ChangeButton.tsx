import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, type ButtonProps, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { spanFields, spanOf, TimeSpanFields } from "@/ui/reserve/TimeSpanFields";
import { type Scope, ScopeField } from "@/ui/series/ScopeField";
import { useSeriesChange } from "@/ui/series/useSeriesChange";

const TITLE_LENGTH_MAX = 200;

interface Props {
  series: components["schemas"]["SeriesDetail"];
  /** The occurrence that is meant, or from which on it is; the times are its own. */
  occurrence: components["schemas"]["OccurrenceShown"];
  /** What is meant unless something else is chosen. */
  scope: Scope;
}

/** Gives occurrences of a series another time or title, as many of them as are meant. */
export function ChangeButton({ series, occurrence, scope, children, ...button }: Props & ButtonProps & { "aria-label": string; children: ReactNode }) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" {...button} onClick={open}>
        {children}
      </Button>
      <Modal.Root opened={opened} onClose={close} centered>
        <Modal.Overlay />
        <Modal.Content>
          <Modal.Body p="lg">
            <ChangeForm series={series} occurrence={occurrence} scope={scope} onClose={close} />
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}

function ChangeForm({ series, occurrence, scope: first, onClose }: Props & { onClose: () => void }) {
  const { t } = useLingui();
  const [before] = useState(() => ({ title: occurrence.title, span: spanFields(new Date(occurrence.start), new Date(occurrence.end), series.timezone) }));
  const [scope, setScope] = useState(first);
  const [title, setTitle] = useState(before.title);
  const [span, setSpan] = useState(before.span);
  const navigate = useNavigate();
  const changing = useSeriesChange(series.resources, (after) => {
    onClose();
    if (after.id !== series.id) void navigate({ to: "/series/$seriesId", params: { seriesId: after.id } });
  });
  const times = spanOf(span, series.timezone);
  const isMoved = JSON.stringify(span) !== JSON.stringify(before.span);
  const isRetitled = title.trim() !== before.title;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!times) return;
    const moved = isMoved ? { start: times.start.toISOString(), end: times.end.toISOString() } : {};
    const body = { scope, reservation_id: occurrence.reservation_id, conflicts: "fail" as const, ...moved, ...(isRetitled ? { title: title.trim() } : {}) };
    void changing.send({ seriesId: series.id, version: series.version, body });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Modal.Title fz="h2" fw={650}>
          <Trans>Change</Trans>
        </Modal.Title>
        {changing.refusal}
        <ScopeField value={scope} onChange={setScope} />
        <TextInput label={t`Title`} maxLength={TITLE_LENGTH_MAX} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
        <TimeSpanFields value={span} zone={series.timezone} onChange={setSpan} />
        {scope !== "this" && (
          <Text size="sm">
            <Trans>The others are moved by as much. What was changed by itself stays as it is.</Trans>
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Back</Trans>
          </Button>
          <Button type="submit" loading={changing.isPending} disabled={!times || !(isMoved || isRetitled)}>
            <Trans>Save</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
