import { useLingui } from "@lingui/react/macro";
import { MultiSelect } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type ReactNode, useState } from "react";
import { useResourcesFound } from "./api/findResources";
import { useResourcesOf } from "./api/readResources";

interface Props {
  label: string;
  description?: ReactNode;
  error?: ReactNode;
  value?: number[];
  onChange?: (ids: number[]) => void;
  countMax?: number;
}

const PAUSE_MS = 200;
const NONE: number[] = [];

/** A field for resources, found by typing. */
export function ResourcePicker({ value = NONE, onChange, countMax, ...field }: Props) {
  const { t } = useLingui();
  const [search, setSearch] = useState("");
  const [text] = useDebouncedValue(search, PAUSE_MS);
  const found = useResourcesFound(text).data?.items ?? [];
  const named = new Map([...useResourcesOf(value), ...found].map((one) => [one.id, { value: String(one.id), label: one.name }]));
  return (
    <MultiSelect
      {...field}
      data={[...named.values()]}
      value={value.filter((id) => named.has(id)).map(String)}
      onChange={(ids) => onChange?.(ids.map(Number))}
      maxValues={countMax}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      nothingFoundMessage={t`No resource is called like this`}
    />
  );
}
