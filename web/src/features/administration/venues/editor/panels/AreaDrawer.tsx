import { useLingui } from "@lingui/react/macro";
import { NumberInput, Select, SimpleGrid, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { Area } from "@/ui/seats/geometry/places";
import { FormDrawer } from "@/ui/form/FormDrawer";
import type { Editor } from "../useEditor";
import { cornersIn, cornersSaid } from "./corners";

const WIDTH = 800;
const DEPTH = 400;
const BEHIND = 150;

/** Adds an area to the map, or changes one. */
export function AreaDrawer({ editor, area, onClose }: { editor: Editor; area: Area | null; onClose: () => void }) {
  const { t } = useLingui();
  const { map, places, change } = editor;
  const taken = new Set([...map.sections, ...map.areas.filter((one) => one !== area)].map((one) => one.key));
  const form = useForm({
    initialValues: {
      key: area?.key ?? "",
      name: area?.name ?? "",
      category: area?.category ?? map.categories[0]?.key ?? "",
      capacity: area?.capacity ?? 100,
      outline: cornersSaid(area ? area.outline : behind(places.box)),
    },
    validate: {
      key: (key) => (!key.trim() ? t`This is needed.` : taken.has(key.trim()) ? t`Another section or area has this key.` : null),
      name: (name) => (name.trim() ? null : t`This is needed.`),
      category: (key) => (key ? null : t`This is needed.`),
      outline: (text) => (cornersIn(text) ? null : t`In each line two whole numbers, such as -500 900.`),
    },
  });
  const save = async ({ outline, key, name, ...same }: typeof form.values) => {
    const next: Area = { ...same, key: key.trim(), name: name.trim(), outline: cornersIn(outline)! };
    change({ ...map, areas: area ? map.areas.map((one) => (one === area ? next : one)) : [...map.areas, next] });
  };
  return (
    <FormDrawer title={area ? t`Change the area` : t`Add an area`} form={form} onSave={save} onClose={onClose} deed={area ? t`Change it` : t`Add it`}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label={t`Name`} maxLength={100} {...form.getInputProps("name")} />
        <TextInput label={t`Key`} maxLength={30} {...form.getInputProps("key")} />
        <NumberInput label={t`People`} min={1} max={1_000_000} allowDecimal={false} {...form.getInputProps("capacity")} />
        <Select label={t`Category`} data={map.categories.map((one) => ({ value: one.key, label: one.name }))} allowDeselect={false} {...form.getInputProps("category")} />
      </SimpleGrid>
      <Textarea
        label={t`Corners`}
        description={t`One in each line: centimetres to the right of the middle, and from the stage.`}
        autosize
        minRows={4}
        {...form.getInputProps("outline")}
      />
    </FormDrawer>
  );
}

function behind({ left, right, bottom }: { left: number; right: number; bottom: number }): [number, number][] {
  const [middle, top] = [Math.round((left + right) / 2), bottom + BEHIND];
  return [
    [middle - WIDTH / 2, top],
    [middle + WIDTH / 2, top],
    [middle + WIDTH / 2, top + DEPTH],
    [middle - WIDTH / 2, top + DEPTH],
  ];
}
