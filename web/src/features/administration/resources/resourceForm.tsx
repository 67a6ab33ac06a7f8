import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Group, NumberInput, Select, SimpleGrid, Stack, TagsInput, Text, Textarea, TextInput } from "@mantine/core";
import { useForm, type UseFormReturnType } from "@mantine/form";
import { Icon } from "@/ui/Icon";
import { useTags } from "../pickers/api/listTags";
import { SitePicker } from "../pickers/SitePicker";
import { ZonePicker } from "../pickers/ZonePicker";

type Attribute = { name: string; kind: "text" | "number" | "truth"; value: string };

export type ResourceValues = {
  name: string;
  kind: string;
  site_id: number | null;
  capacity: number | "";
  timezone: string | null;
  tags: string[];
  description: string;
  attributes: Attribute[];
};

type Resource = components["schemas"]["ResourceShape"];

/** Answer the values of the form of a resource. */
export function valuesOf(one: Resource): ResourceValues {
  const { name, kind, site_id, capacity, timezone, tags, description } = one;
  const attributes = Object.entries(one.attributes).map(([key, value]) => ({
    name: key,
    kind: typeof value === "number" ? ("number" as const) : typeof value === "boolean" ? ("truth" as const) : ("text" as const),
    value: String(value ?? ""),
  }));
  return { name, kind, site_id, capacity: capacity ?? "", timezone, tags, description, attributes };
}

/** Answer what the server is told of a form. */
export function bodyOf({ attributes, capacity, ...same }: ResourceValues) {
  const read = ({ kind, value }: Attribute) => (kind === "number" ? Number(value) : kind === "truth" ? value === "true" : value);
  return {
    ...same,
    capacity: capacity === "" ? null : capacity,
    attributes: Object.fromEntries(attributes.map((one) => [one.name.trim(), read(one)])),
  };
}

/** Answer a form of what a resource is. */
export function useResourceForm(initialValues: ResourceValues): UseFormReturnType<ResourceValues> {
  const { t } = useLingui();
  const needed = (text: string) => (text.trim() ? null : t`This is needed.`);
  return useForm<ResourceValues>({
    initialValues,
    validate: {
      name: needed,
      kind: needed,
      attributes: {
        name: needed,
        value: (value, values, path) => {
          const at = Number(path.split(".")[1]);
          return values.attributes[at]?.kind === "number" && (value === "" || Number.isNaN(Number(value))) ? t`Write a number.` : null;
        },
      },
    },
  });
}

/** The fields of a resource. */
export function ResourceFields({ form }: { form: UseFormReturnType<ResourceValues> }) {
  const { t } = useLingui();
  const tags = useTags().data?.items.map((one) => one.tag) ?? [];
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t`Name`} maxLength={200} {...form.getInputProps("name")} />
        <TextInput label={t`Kind`} placeholder={t`Such as room, desk or car`} maxLength={50} {...form.getInputProps("kind")} />
        <SitePicker label={t`Site`} placeholder={t`In no site`} {...form.getInputProps("site_id")} />
        <ZonePicker label={t`Time zone`} placeholder={t`As the site`} {...form.getInputProps("timezone")} />
        <NumberInput label={t`Capacity`} placeholder={t`Not said`} min={1} allowDecimal={false} {...form.getInputProps("capacity")} />
        <TagsInput label={t`Tags`} data={tags} maxTags={50} {...form.getInputProps("tags")} />
      </SimpleGrid>
      <Textarea label={t`Description`} autosize minRows={2} maxLength={2000} {...form.getInputProps("description")} />
      <Attributes form={form} />
    </>
  );
}

function Attributes({ form }: { form: UseFormReturnType<ResourceValues> }) {
  const { t } = useLingui();
  const kinds = [
    { value: "text", label: t`Text` },
    { value: "number", label: t`Number` },
    { value: "truth", label: t`Yes or no` },
  ];
  const truths = [
    { value: "true", label: t`Yes` },
    { value: "false", label: t`No` },
  ];
  return (
    <Stack gap="xs">
      <Text fw={500}>
        <Trans>Attributes</Trans>
      </Text>
      <Text size="sm" c="dimmed">
        <Trans>Anything else that is worth knowing, such as the floor area or the number of a key.</Trans>
      </Text>
      {form.values.attributes.map((one, at) => (
        <Group key={at} gap="xs" wrap="nowrap" align="flex-start">
          <TextInput flex={2} size="sm" aria-label={t`Name of attribute ${at + 1}`} placeholder={t`Name`} {...form.getInputProps(`attributes.${at}.name`)} />
          <Select flex={1} miw={84} size="sm" aria-label={t`Kind of attribute ${at + 1}`} data={kinds} allowDeselect={false} {...form.getInputProps(`attributes.${at}.kind`)} />
          {one.kind === "truth" ? (
            <Select flex={2} size="sm" aria-label={t`Value of attribute ${at + 1}`} data={truths} allowDeselect={false} {...form.getInputProps(`attributes.${at}.value`)} />
          ) : (
            <TextInput flex={2} size="sm" aria-label={t`Value of attribute ${at + 1}`} placeholder={t`Value`} {...form.getInputProps(`attributes.${at}.value`)} />
          )}
          <ActionIcon variant="subtle" color="gray" c="dimmed" size={36} aria-label={t`Take attribute ${at + 1} away`} onClick={() => form.removeListItem("attributes", at)}>
            <Icon name="cross" size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Button w="fit-content" size="compact-md" variant="light" leftSection={<Icon name="plus" size={14} />} onClick={() => form.insertListItem("attributes", { name: "", kind: "text", value: "" })}>
        <Trans>Add an attribute</Trans>
      </Button>
    </Stack>
  );
}
