import { useLingui } from "@lingui/react/macro";
import { NumberInput, Select, SimpleGrid, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useGenerateSection } from "../api/generateSection";
import { freeKey, withNewSection } from "./copies";
import type { Numbering } from "./numbering";
import { useNumberingWords } from "./numberingWords";
import type { Editor } from "./useEditor";

const BEHIND = 180;

/** Makes a section from numbers, and puts it behind what is there. */
export function SectionDrawer({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const { t } = useLingui();
  const generating = useGenerateSection();
  const numberings = useNumberingWords();
  const { map, places } = editor;
  const taken = new Set([...map.sections, ...map.areas].map((one) => one.key));
  const form = useForm({
    initialValues: {
      key: taken.has("S") ? freeKey("S", taken) : "S",
      name: t`Stalls`,
      category: map.categories[0]?.key ?? "",
      rows: 10,
      seats: 20,
      growing: 0,
      curve_degrees: 0,
      seat_pitch: 55,
      row_pitch: 90,
      numbering: "from_left" as Numbering,
      row_names: "letters" as "letters" | "numbers",
      aisles: "",
      aisle_width: 120,
      x: 0,
      y: places.count > 0 ? places.box.bottom + BEHIND : 0,
    },
    validate: {
      key: (key) => (!key.trim() ? t`This is needed.` : taken.has(key.trim()) ? t`Another section or area has this key.` : null),
      name: (name) => (name.trim() ? null : t`This is needed.`),
      category: (key) => (key ? null : t`This is needed.`),
      aisles: (text) => (/^[\d\s,]*$/.test(text) ? null : t`Numbers with commas, such as 7, 14.`),
    },
  });
  const add = async ({ aisles, ...body }: typeof form.values) => {
    const aisles_after = aisles.split(/[\s,]+/).filter(Boolean).map(Number);
    const section = await generating.mutateAsync({ body: { ...body, key: body.key.trim(), name: body.name.trim(), aisles_after } });
    const next = withNewSection(map, section);
    editor.change(next.map, next.chosen);
  };
  const number = (name: "rows" | "seats" | "growing" | "curve_degrees" | "seat_pitch" | "row_pitch" | "aisle_width" | "x" | "y", label: string, min: number, max: number, suffix = "") => (
    <NumberInput label={label} min={min} max={max} suffix={suffix} allowDecimal={false} {...form.getInputProps(name)} />
  );
  return (
    <FormDrawer title={t`Add a section`} form={form} onSave={add} onClose={onClose} deed={t`Add it`}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label={t`Name`} maxLength={100} {...form.getInputProps("name")} />
        <TextInput label={t`Key`} description={t`Stands on tickets; it is part of each seat's id.`} maxLength={30} {...form.getInputProps("key")} />
        {number("rows", t`Rows`, 1, 200)}
        {number("seats", t`Seats of the first row`, 1, 500)}
        {number("growing", t`More in each row`, -20, 20)}
        {number("curve_degrees", t`Curve`, 0, 180, "°")}
        {number("seat_pitch", t`From seat to seat`, 10, 1000, " cm")}
        {number("row_pitch", t`From row to row`, 10, 1000, " cm")}
        <Select label={t`Seat numbers`} data={numberings} allowDeselect={false} {...form.getInputProps("numbering")} />
        <Select
          label={t`Row names`}
          data={[
            { value: "letters", label: t`A, B, C` },
            { value: "numbers", label: t`1, 2, 3` },
          ]}
          allowDeselect={false}
          {...form.getInputProps("row_names")}
        />
        <TextInput label={t`Aisles after seats`} placeholder="7, 14" {...form.getInputProps("aisles")} />
        {number("aisle_width", t`Width of an aisle`, 0, 2000, " cm")}
        <Select label={t`Category`} data={map.categories.map((one) => ({ value: one.key, label: one.name }))} allowDeselect={false} {...form.getInputProps("category")} />
        {number("x", t`To the right`, -1_000_000, 1_000_000, " cm")}
        {number("y", t`From the stage`, -1_000_000, 1_000_000, " cm")}
      </SimpleGrid>
    </FormDrawer>
  );
}
