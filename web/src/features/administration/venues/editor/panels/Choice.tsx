import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Checkbox, Group, Select, SimpleGrid, Stack, Text } from "@mantine/core";
import type { Seat } from "@/ui/seats/geometry/places";
import { removed, withAisles, withSeats } from "../changes";
import { grown, shared } from "../choosing";
import { copiedRows, copiedSections } from "../copies";
import { NONE } from "../history";
import type { Editor } from "../useEditor";
import { Moving } from "./Moving";
import { Names } from "./Names";
import { Renumbering } from "./Renumbering";

/** What can be done with the seats that are chosen. */
export function Choice({ editor }: { editor: Editor }) {
  const { map, places, chosen, change, choose } = editor;
  if (chosen.size === 0)
    return (
      <Stack gap="sm">
        <Text c="dimmed">
          <Trans>Choose seats in the plan: click one, draw a box around several, or use the keyboard.</Trans>
        </Text>
        {places.count > 0 && (
          <Button variant="default" onClick={() => choose(new Set(places.seats.keys()))}>
            <Trans>Choose all seats</Trans>
          </Button>
        )}
      </Stack>
    );
  const copied = (copy: typeof copiedRows) => {
    const next = copy(map, chosen);
    change(next.map, next.chosen);
  };
  return (
    <Stack gap="sm">
      <Text fw={600} role="status">
        <Plural value={chosen.size} one="# seat chosen" other="# seats chosen" />
      </Text>
      <SimpleGrid cols={2} spacing="xs">
        <Button px="xs" variant="default" onClick={() => choose(grown(places, chosen, "row"))}>
          <Trans>Whole rows</Trans>
        </Button>
        <Button px="xs" variant="default" onClick={() => choose(grown(places, chosen, "section"))}>
          <Trans>Whole sections</Trans>
        </Button>
        <Button px="xs" variant="default" onClick={() => copied(copiedRows)}>
          <Trans>Copy rows</Trans>
        </Button>
        <Button px="xs" variant="default" onClick={() => copied(copiedSections)}>
          <Trans>Copy sections</Trans>
        </Button>
      </SimpleGrid>
      <Kind editor={editor} />
      <Names key={firstOf(chosen)} editor={editor} />
      <Renumbering editor={editor} />
      <Moving editor={editor} />
      <Button color="red" variant="light" onClick={() => change(removed(map, chosen), NONE)}>
        <Trans>Delete these seats</Trans>
      </Button>
    </Stack>
  );
}

/** What the chosen seats are like; a box is half ticked where they differ. */
function Kind({ editor }: { editor: Editor }) {
  const { t } = useLingui();
  const { map, places, chosen, change } = editor;
  const of = <Name extends keyof Seat>(name: Name) => shared(chosen, (place) => places.seats[place]![name]);
  const set = (some: Partial<Seat>) => change(withSeats(map, chosen, (seat) => ({ ...seat, ...some })));
  const aisle = shared(chosen, (place) => isBeforeAisle(editor, place));
  const box = (label: string, value: boolean | undefined, onSet: (value: boolean) => void) => (
    <Checkbox label={label} checked={value ?? false} indeterminate={value === undefined} onChange={(event) => onSet(event.currentTarget.checked)} />
  );
  return (
    <Stack gap="xs">
      <Select
        label={t`Category`}
        placeholder={t`Several`}
        data={map.categories.map((one) => ({ value: one.key, label: one.name }))}
        value={of("category") ?? null}
        onChange={(category) => category && set({ category })}
        allowDeselect={false}
      />
      <Group gap="md">
        {box(t`Wheelchair place`, of("accessible"), (accessible) => set({ accessible }))}
        {box(t`For a companion`, of("companion"), (companion) => set({ companion }))}
        {box(t`Aisle to the right`, aisle, (isThere) => change(withAisles(map, chosen, isThere)))}
      </Group>
    </Stack>
  );
}

function isBeforeAisle({ places }: Editor, place: number): boolean {
  const { row } = places.rows[places.rowOf[place]!]!;
  return row.aisles_after.includes(places.seats[place]!.key);
}

function firstOf(chosen: ReadonlySet<number>): number {
  return chosen.values().next().value ?? -1;
}
