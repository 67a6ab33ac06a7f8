import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { fieldOf, instantOfField } from "@/lib/time/fields";
import { zoneWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { BackLink } from "@/ui/BackLink";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { EmptyState } from "@/ui/notice/EmptyState";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { Icon } from "@/ui/Icon";
import { Page } from "@/ui/Page";
import { PagedTable } from "@/ui/table/PagedTable";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { TimeRange } from "@/ui/TimeRange";
import { tellDone } from "@/ui/notice/toast";
import { useResourcesOf } from "@/features/administration/pickers/api/readResources";
import { ResourcePicker } from "@/features/administration/pickers/ResourcePicker";
import { DeedsButton } from "../closing/DeedsButton";
import { useCreateBlackout } from "./api/createBlackout";
import { useLiftBlackout } from "./api/liftBlackout";
import { useBlackouts } from "./api/listBlackouts";

type Blackout = components["schemas"]["BlackoutShown"];

const RESOURCES_MAX = 500;
const NAMES_SHOWN_MAX = 5;

export function BlackoutsPage() {
  const { t } = useLingui();
  const [now] = useState(() => new Date().toISOString());
  const [all, setAll] = useState("ahead");
  const [setting, { open, close }] = useDisclosure();
  const list = useBlackouts(all === "ahead" ? now : undefined);
  const add = (
    <Button leftSection={<Icon name="plus" />} onClick={open}>
      <Trans>Close resources</Trans>
    </Button>
  );
  return (
    <Page
      title={t`Closed times`}
      width="wide"
      above={
        <BackLink to="/administration">
          <Trans>Administration</Trans>
        </BackLink>
      }
      actions={add}
    >
      <SegmentedControl
        w="fit-content"
        aria-label={t`Which ones`}
        data={[
          { value: "ahead", label: t`Now and ahead` },
          { value: "all", label: t`All` },
        ]}
        value={all}
        onChange={setAll}
      />
      <PagedTable
        label={t`Closed times`}
        list={list}
        rowKey={(one) => one.id}
        columns={[
          { key: "what", title: t`What`, cell: (one: Blackout) => <Names ids={one.resource_ids} /> },
          { key: "when", title: t`When`, cell: (one: Blackout) => <When blackout={one} /> },
          { key: "why", title: t`Why`, cell: (one: Blackout) => one.reason },
          { key: "deeds", title: t`Deeds`, kind: "action" as const, cell: (one: Blackout) => <Deeds blackout={one} /> },
        ]}
        empty={
          <EmptyState icon="calendar" title={t`Nothing is closed`} action={add}>
            <Trans>Close resources for a repair or an event, and nobody can reserve them then.</Trans>
          </EmptyState>
        }
      />
      {setting && <BlackoutDrawer onClose={close} />}
    </Page>
  );
}

function Names({ ids }: { ids: readonly number[] }) {
  const found = useResourcesOf(ids.slice(0, NAMES_SHOWN_MAX));
  const more = ids.length - NAMES_SHOWN_MAX;
  return (
    <Stack gap={0}>
      {found.map((one) => (
        <Text key={one.id} fw={600}>
          {one.name}
        </Text>
      ))}
      {more > 0 && (
        <Text c="dimmed">
          <Trans>and {more} more</Trans>
        </Text>
      )}
    </Stack>
  );
}

function When({ blackout }: { blackout: Blackout }) {
  const [first] = useResourcesOf(blackout.resource_ids.slice(0, 1));
  const viewer = useViewerZone();
  return <TimeRange start={blackout.start} end={blackout.end} zone={first?.timezone ?? viewer} />;
}

function BlackoutDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const zone = useViewerZone();
  const place = zoneWords(zone);
  const creating = useCreateBlackout();
  const needed = (text: string) => (text.trim() ? null : t`This is needed.`);
  const [tomorrow] = useState(() => `${fieldOf(new Date(Date.now() + 86_400_000), zone).slice(0, 10)}T`);
  const form = useForm({
    initialValues: { resource_ids: [] as number[], start: `${tomorrow}08:00`, end: `${tomorrow}18:00`, reason: "" },
    validate: {
      resource_ids: (ids) => (ids.length > 0 ? null : t`Choose what to close.`),
      start: needed,
      end: (end, { start }) => (end > start ? needed(end) : t`The end comes after the start.`),
      reason: needed,
    },
  });
  const save = async ({ start, end, ...same }: typeof form.values) => {
    const times = { start: instantOfField(start, zone).toISOString(), end: instantOfField(end, zone).toISOString() };
    await creating.mutateAsync({ body: { ...same, ...times } });
    tellDone(t`It is closed then.`);
  };
  return (
    <FormDrawer title={t`Close resources`} form={form} onSave={save} onClose={onClose} deed={t`Close them`}>
      <ResourcePicker label={t`Resources`} countMax={RESOURCES_MAX} {...form.getInputProps("resource_ids")} />
      <TextInput type="datetime-local" label={t`From`} description={t`In ${place} time`} {...form.getInputProps("start")} />
      <TextInput type="datetime-local" label={t`Until`} {...form.getInputProps("end")} />
      <TextInput label={t`Reason`} description={t`Everybody sees it.`} maxLength={500} {...form.getInputProps("reason")} />
    </FormDrawer>
  );
}

function Deeds({ blackout }: { blackout: Blackout }) {
  return (
    <Group gap="xs">
      {blackout.closing && <DeedsButton blackoutId={blackout.id} />}
      <Lift blackout={blackout} />
    </Group>
  );
}

function Lift({ blackout }: { blackout: Blackout }) {
  const { t } = useLingui();
  const lifting = useLiftBlackout();
  return (
    <ConfirmButton
      size="compact-md"
      question={t`Open again?`}
      consequence={<Trans>People can reserve this time at once.</Trans>}
      deed={t`Open it again`}
      busy={lifting.isPending}
      onConfirm={() => lifting.mutateAsync({ params: { path: { blackout_id: blackout.id } } })}
      more={lifting.isError && <ProblemAlert error={lifting.error} />}
    >
      <Trans>Open again</Trans>
    </ConfirmButton>
  );
}
