import type { components } from "@generated/schema";
import { useLingui } from "@lingui/react/macro";
import { Checkbox, NumberInput, Select, SimpleGrid, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { tellDone } from "@/ui/notice/toast";
import { useResourcesOf } from "../pickers/api/readResources";
import { useVenues } from "../venues/api/listVenues";
import { useMap } from "../venues/api/readMap";
import { useChangePerformance } from "./api/changePerformance";
import { useCreatePerformance } from "./api/createPerformance";
import { bodyOf, digitsOf, fieldsOf, type Fields } from "./performanceForm";

type Performance = components["schemas"]["PerformanceShown"];

/** Puts something on in a venue, or changes what is on. Times are by the clocks of the venue. */
export function PerformanceDrawer({ performance, onClose }: { performance: Performance | null; onClose: () => void }) {
  const { t } = useLingui();
  const creating = useCreatePerformance();
  const changing = useChangePerformance();
  const venues = (useVenues().data?.pages.flatMap((page) => page.items) ?? []).filter((one) => one.map_version > 0);
  const needed = (value: string | null) => (value?.trim() ? null : t`This is needed.`);
  const form = useForm<Fields>({
    initialValues: fieldsOf(performance),
    validate: {
      name: needed,
      venue: needed,
      start: needed,
      end: needed,
      sales_start: needed,
      sales_end: needed,
      currency: (text) => (/^[A-Z]{3}$/.test(text) ? null : t`Three capital letters, such as EUR.`),
    },
  });
  const venue = venues.find((one) => String(one.id) === form.values.venue);
  const [resource] = useResourcesOf(venue ? [venue.resource_id] : []);
  const categories = useMap(venue?.id ?? 0, venue !== undefined).data?.content.categories ?? [];
  const save = async (fields: Fields) => {
    const body = bodyOf(fields, performance?.timezone ?? resource?.timezone ?? "UTC");
    if (performance) {
      const header = { "if-match": `"${performance.version}"` };
      await changing.mutateAsync({ params: { path: { performance_id: performance.id }, header }, body });
    } else await creating.mutateAsync({ body: { ...body, venue_id: venue!.id, currency: fields.currency } });
    tellDone(t`Saved.`);
  };
  const at = (name: "start" | "end" | "sales_start" | "sales_end", label: string) => <TextInput type="datetime-local" label={label} {...form.getInputProps(name)} />;
  const number = (name: "seats_per_person" | "hold_minutes" | "free_until_hours" | "kept_percent", label: string, max: number, suffix = "") => (
    <NumberInput label={label} min={name.startsWith("free") || name.startsWith("kept") ? 0 : 1} max={max} suffix={suffix} allowDecimal={false} {...form.getInputProps(name)} />
  );
  return (
    <FormDrawer title={performance ? t`Change the performance` : t`New performance`} form={form} onSave={save} onClose={onClose} deed={t`Save`}>
      <TextInput label={t`Name`} maxLength={100} {...form.getInputProps("name")} />
      <Textarea label={t`Description`} maxLength={2000} autosize minRows={2} {...form.getInputProps("description")} />
      <Select label={t`Venue`} data={venues.map((one) => ({ value: String(one.id), label: one.name }))} disabled={performance !== null} searchable {...form.getInputProps("venue")} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {at("start", t`Begins`)}
        {at("end", t`Ends`)}
        {at("sales_start", t`On sale from`)}
        {at("sales_end", t`On sale until`)}
        <TextInput label={t`Currency`} maxLength={3} disabled={performance !== null} {...form.getInputProps("currency")} />
        {categories.map((one) => (
          <NumberInput key={one.key} label={t`Price: ${one.name}`} min={0} decimalScale={digitsOf(form.values.currency)} {...form.getInputProps(`prices.${one.key}`)} />
        ))}
        {number("seats_per_person", t`Seats for one person`, 1000)}
        {number("hold_minutes", t`Held while deciding`, 1440, " min")}
        {number("free_until_hours", t`Cancelling is free until`, 8760, " h")}
        {number("kept_percent", t`Kept when cancelled later`, 100, " %")}
      </SimpleGrid>
      <NumberInput label={t`People who choose seats at once`} description={t`The others wait in a queue. Left empty, nobody waits.`} min={1} max={1000} allowDecimal={false} {...form.getInputProps("admitted_max")} />
      <Checkbox label={t`No single seat may be left alone`} {...form.getInputProps("no_single_seats", { type: "checkbox" })} />
    </FormDrawer>
  );
}
