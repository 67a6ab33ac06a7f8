import type { components } from "@generated/schema";
import { useLingui } from "@lingui/react/macro";
import { NumberInput, Select, SimpleGrid, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { tellDone } from "@/ui/notice/toast";
import { useTags } from "../pickers/api/listTags";
import { PersonPicker } from "../pickers/PersonPicker";
import { type Role, useRoleOptions } from "../pickers/roles";
import { SitePicker } from "../pickers/SitePicker";
import { useChangeAllowance } from "./api/changeAllowance";
import { useCreateAllowance } from "./api/createAllowance";

type Allowance = components["schemas"]["AllowanceShown"];

const HOUR_MINUTES = 60;

/** Sets an allowance, or changes one; its unit, its period and whether it is shared stay as they are. */
export function AllowanceDrawer({ allowance, onClose }: { allowance: Allowance | null; onClose: () => void }) {
  const { t } = useLingui();
  const creating = useCreateAllowance();
  const changing = useChangeAllowance();
  const tags = useTags().data?.items.map((one) => one.tag) ?? [];
  const roles = useRoleOptions();
  const form = useForm({
    initialValues: {
      name: allowance?.name ?? "",
      unit: allowance?.unit ?? ("minutes" as Allowance["unit"]),
      amount: (allowance ? shown(allowance.unit, allowance.amount) : "") as number | "",
      per: allowance?.per ?? ("week" as Allowance["per"]),
      kind: allowance?.kind ?? "",
      tag: allowance?.tag ?? null,
      site_id: allowance?.site_id ?? null,
      role: allowance?.role ?? (null as Role | null),
      person_id: allowance?.person_id ?? null,
      shared: allowance?.shared ?? false,
    },
    validate: {
      name: (name) => (name.trim() ? null : t`This is needed.`),
      amount: (amount) => (amount === "" ? t`This is needed.` : null),
    },
  });
  const { unit } = form.values;
  const save = async (values: typeof form.values) => {
    const minor = unit === "minutes" ? Math.round(Number(values.amount) * HOUR_MINUTES) : Number(values.amount);
    const body = { ...values, amount: minor, kind: values.kind.trim() || null };
    const kept = allowance
      ? await changing.mutateAsync({ params: { path: { allowance_id: allowance.id } }, body })
      : await creating.mutateAsync({ body });
    tellDone(kept.note ?? t`Saved.`);
  };
  const units = [
    { value: "minutes", label: t`Hours of reservations` },
    { value: "count", label: t`How many reservations` },
  ];
  const periods = [
    { value: "day", label: t`Day` },
    { value: "week", label: t`Week` },
    { value: "month", label: t`Month` },
    { value: "term", label: t`Term` },
  ];
  const fixed = allowance !== null;
  return (
    <FormDrawer title={allowance?.name ?? t`New quota`} form={form} onSave={save} onClose={onClose} deed={t`Save`}>
      <TextInput label={t`Name`} maxLength={100} {...form.getInputProps("name")} />
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <Select label={t`What is counted`} data={units} allowDeselect={false} disabled={fixed} {...form.getInputProps("unit")} />
        <NumberInput label={t`How much`} min={0} decimalScale={unit === "minutes" ? 2 : 0} suffix={unit === "minutes" ? " h" : ""} {...form.getInputProps("amount")} />
        <Select label={t`In each`} data={periods} allowDeselect={false} disabled={fixed} {...form.getInputProps("per")} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t`Only this kind`} maxLength={100} {...form.getInputProps("kind")} />
        <Select label={t`Only with this tag`} data={tags} searchable clearable clearButtonProps={{ "aria-label": t`Any tag` }} {...form.getInputProps("tag")} />
      </SimpleGrid>
      <SitePicker label={t`Only in this site`} placeholder={t`Everywhere`} {...form.getInputProps("site_id")} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select label={t`For everybody of a role`} data={roles} clearable disabled={form.values.person_id !== null} clearButtonProps={{ "aria-label": t`Any role` }} {...form.getInputProps("role")} />
        <PersonPicker label={t`For one person`} disabled={form.values.role !== null} {...form.getInputProps("person_id")} />
      </SimpleGrid>
      <Switch label={t`One amount for all of them together`} disabled={fixed} {...form.getInputProps("shared", { type: "checkbox" })} />
    </FormDrawer>
  );
}

function shown(unit: Allowance["unit"], amount: number): number {
  return unit === "minutes" ? amount / HOUR_MINUTES : amount;
}
