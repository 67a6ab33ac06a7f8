import { useLingui } from "@lingui/react/macro";
import { MultiSelect } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useResourceChoices } from "./api/findResources";
import type { ReservableResource } from "./wish";

const DEBOUNCE_MS = 200;
const RESOURCES_MAX = 50;

interface Props {
  value: readonly ReservableResource[];
  onChange: (resources: ReservableResource[]) => void;
}

/** What is reserved, all of it together or none. */
export function ResourcesField({ value, onChange }: Props) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text, DEBOUNCE_MS);
  const found = useResourceChoices(asked).data?.items ?? [];
  const known = new Map<string, ReservableResource>([...found, ...value].map((one) => [String(one.id), one]));
  return (
    <MultiSelect
      label={t`What`}
      description={value.length > 1 ? t`All of them together, or none.` : undefined}
      size="md"
      required
      searchable
      maxValues={RESOURCES_MAX}
      data={[...known].map(([id, one]) => ({ value: id, label: one.name }))}
      filter={({ options, search }) => (search ? options.filter((one) => "value" in one && found.some((each) => String(each.id) === one.value)) : options)}
      searchValue={text}
      onSearchChange={setText}
      nothingFoundMessage={t`Nothing is called like this`}
      placeholder={value.length === 0 ? t`Choose at least one` : undefined}
      value={value.map((one) => String(one.id))}
      onChange={(ids) => onChange(ids.map((id) => known.get(id)!))}
    />
  );
}
