import type { components } from "@generated/schema";
import { useLingui } from "@lingui/react/macro";
import { MultiSelect, NumberInput, Select, SimpleGrid, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { tellDone } from "@/ui/notice/toast";
import { useTags } from "../pickers/api/listTags";
import { ResourcePicker } from "../pickers/ResourcePicker";
import { useRoleOptions } from "../pickers/roles";
import { SitePicker } from "../pickers/SitePicker";
import { useChangePrice } from "./api/changePrice";
import { useCreatePrice } from "./api/createPrice";
import { digitsOf } from "./money";

type Price = components["schemas"]["PriceShown"];

/** Sets a price, or changes one. */
export function PriceDrawer({ price, onClose }: { price: Price | null; onClose: () => void }) {
  const { t } = useLingui();
  const creating = useCreatePrice();
  const changing = useChangePrice();
  const tags = useTags().data?.items.map((one) => one.tag) ?? [];
  const roles = useRoleOptions();
  const units = [
    { value: "hour", label: t`For an hour` },
    { value: "reservation", label: t`For a reservation` },
    { value: "seat", label: t`For each resource` },
  ];
  const form = useForm({
    initialValues: {
      amount: (price ? price.amount_minor / 10 ** digitsOf(price.currency) : "") as number | "",
      currency: price?.currency ?? "EUR",
      unit: price?.unit ?? ("hour" as Price["unit"]),
      resource_ids: price?.resource_id ? [price.resource_id] : ([] as number[]),
      site_id: price?.site_id ?? null,
      kind: price?.kind ?? "",
      tag: price?.tag ?? null,
      free_roles: price?.free_roles ?? [],
      free_until_hours: price?.free_until_hours ?? 0,
      kept_percent: price?.kept_percent ?? 0,
    },
    validate: {
      amount: (amount) => (amount === "" ? t`This is needed.` : null),
      currency: (text) => (/^[A-Z]{3}$/.test(text) ? null : t`Three capital letters, such as EUR.`),
    },
  });
  const { currency, resource_ids } = form.values;
  const single = resource_ids.length > 0;
  const save = async ({ amount, resource_ids: ids, kind, ...same }: typeof form.values) => {
    const body = {
      ...same,
      amount_minor: Math.round(Number(amount) * 10 ** digitsOf(currency)),
      resource_id: ids[0] ?? null,
      kind: kind.trim() || null,
    };
    if (price) await changing.mutateAsync({ params: { path: { price_id: price.id } }, body });
    else await creating.mutateAsync({ body });
    tellDone(t`The price is saved. What was agreed on before stays.`);
  };
  return (
    <FormDrawer title={price ? t`Change the price` : t`New price`} form={form} onSave={save} onClose={onClose} deed={t`Save`}>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <NumberInput label={t`Amount`} min={0} decimalScale={digitsOf(currency)} {...form.getInputProps("amount")} />
        <TextInput label={t`Currency`} maxLength={3} {...form.getInputProps("currency")} />
        <Select label={t`Unit`} data={units} allowDeselect={false} {...form.getInputProps("unit")} />
      </SimpleGrid>
      <ResourcePicker label={t`For one resource`} description={t`Leave it empty for all that fit below.`} countMax={1} {...form.getInputProps("resource_ids")} />
      {!single && (
        <>
          <SitePicker label={t`Only in this site`} placeholder={t`Everywhere`} {...form.getInputProps("site_id")} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label={t`Only this kind`} maxLength={100} {...form.getInputProps("kind")} />
            <Select label={t`Only with this tag`} data={tags} searchable clearable clearButtonProps={{ "aria-label": t`Any tag` }} {...form.getInputProps("tag")} />
          </SimpleGrid>
        </>
      )}
      <MultiSelect label={t`Who pays nothing`} data={roles} {...form.getInputProps("free_roles")} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NumberInput label={t`Cancelling is free until`} description={t`before the start`} min={0} max={8760} allowDecimal={false} suffix=" h" {...form.getInputProps("free_until_hours")} />
        <NumberInput label={t`Kept when cancelled later`} description={t`of the price`} min={0} max={100} allowDecimal={false} suffix=" %" {...form.getInputProps("kept_percent")} />
      </SimpleGrid>
    </FormDrawer>
  );
}
