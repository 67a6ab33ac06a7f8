import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Grid, List, SegmentedControl, Group, Stack, Tabs, Text } from "@mantine/core";
import { useState } from "react";
import { asProblem } from "@/lib/api/problem";
import type { SeatMap } from "@/ui/seats/geometry/places";
import { Legend } from "@/ui/seats/Legend";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import { Icon } from "@/ui/Icon";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { useSaveMap } from "../api/saveMap";
import type { Grain } from "./choosing";
import type { Tool } from "./drawing/drawingGestures";
import { MapDrawing } from "./drawing/MapDrawing";
import { Areas } from "./panels/Areas";
import { Categories } from "./panels/Categories";
import { Choice } from "./panels/Choice";
import { MapButtons } from "./MapButtons";
import { useEditor } from "./useEditor";

interface Props {
  venueId: number;
  content: SeatMap;
  /** The version that was read; 0 if there is none yet. */
  version: number;
}

/** Draws and changes the seat map of a venue. What others save meanwhile is told when this is saved. */
export function MapEditor({ venueId, content, version }: Props) {
  const { t } = useLingui();
  const editor = useEditor(content);
  const [grain, setGrain] = useState<Grain>("seat");
  const [tool, setTool] = useState<Tool>("choose");
  const saving = useSaving(venueId, editor.map, { content, version });
  const panels = [
    { value: "choice", label: t`Chosen`, panel: <Choice editor={editor} /> },
    { value: "categories", label: t`Categories`, panel: <Categories editor={editor} /> },
    { value: "areas", label: t`Areas`, panel: <Areas editor={editor} /> },
  ];
  return (
    <Stack gap="sm">
      <MapButtons editor={editor} isDirty={saving.isDirty} isSaving={saving.isPending} onSave={saving.save} />
      <Refused error={saving.error} />
      <Group gap="xs">
        <SegmentedControl<Grain>
          aria-label={t`A click chooses`}
          value={grain}
          onChange={setGrain}
          data={[
            { value: "seat", label: t`Seats` },
            { value: "row", label: t`Rows` },
            { value: "section", label: t`Sections` },
          ]}
        />
        <SegmentedControl<Tool>
          aria-label={t`Dragging`}
          value={tool}
          onChange={setTool}
          data={[
            { value: "choose", label: t`Choose` },
            { value: "pan", label: t`Move the view` },
          ]}
        />
      </Group>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="xs">
            <MapDrawing editor={editor} grain={grain} tool={tool} />
            <Text size="sm" c="dimmed">
              <Trans>Arrows go from seat to seat, Space chooses, Shift and arrows choose more, Alt and arrows move, Delete removes, Ctrl+Z undoes.</Trans>
            </Text>
            <Legend map={editor.map} withStates={false} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Tabs defaultValue="choice" keepMounted={false}>
            <Tabs.List mb="sm">
              {panels.map((one) => (
                <Tabs.Tab key={one.value} value={one.value}>
                  {one.label}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {panels.map((one) => (
              <Tabs.Panel key={one.value} value={one.value}>
                {one.panel}
              </Tabs.Panel>
            ))}
          </Tabs>
        </Grid.Col>
      </Grid>
      <UnsavedGuard dirty={saving.isDirty && !saving.isPending} />
    </Stack>
  );
}

/** Saves onto the version that was read, and then onto the one that was saved. */
function useSaving(venueId: number, map: SeatMap, first: { content: SeatMap; version: number }) {
  const { t } = useLingui();
  const saving = useSaveMap();
  const [saved, setSaved] = useState(first);
  const save = () =>
    saving.mutate(
      { params: { path: { venue_id: venueId }, header: { "if-match": `"${saved.version}"` } }, body: map },
      {
        onSuccess: ({ version }) => {
          setSaved({ content: map, version });
          tellDone(t`Version ${version} is saved.`);
        },
      },
    );
  return { save, isPending: saving.isPending, error: saving.error, isDirty: map !== saved.content };
}

function Refused({ error }: { error: unknown }) {
  const { t } = useLingui();
  if (!error) return null;
  const { kind, problem } = asProblem(error);
  const faults = kind === "seat-map-faulty" ? (problem.faults as string[]) : null;
  if (problem.status === 412)
    return (
      <Alert color="yellow" role="alert" icon={<Icon name="warning" />} title={t`Somebody else has saved this map meanwhile`}>
        <Trans>Export yours, load this page again, and make your changes in theirs. Their version is in the list of versions.</Trans>
      </Alert>
    );
  if (!faults) return <ProblemAlert error={error} />;
  return (
    <Alert color="red" role="alert" icon={<Icon name="warning" />} title={t`With this map seats could not be sold`}>
      <List size="sm">
        {faults.map((fault) => (
          <List.Item key={fault}>{fault}</List.Item>
        ))}
      </List>
    </Alert>
  );
}
