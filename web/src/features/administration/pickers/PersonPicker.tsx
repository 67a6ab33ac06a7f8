import { useLingui } from "@lingui/react/macro";
import { MultiSelect, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type ReactNode, useState } from "react";
import { usePeopleFound } from "./api/findPeople";
import { usePeople } from "./api/readPerson";

interface Common {
  label: string;
  description?: ReactNode;
  error?: ReactNode;
  disabled?: boolean;
}

const PAUSE_MS = 200;
const NONE: number[] = [];

/** A field for one person, found by typing a part of their name. */
export function PersonPicker({ value = null, onChange, ...field }: Common & { value?: number | null; onChange?: (id: number | null) => void }) {
  const { t } = useLingui();
  const { options, search, setSearch } = useOptions(value === null ? [] : [value]);
  return (
    <Select
      {...field}
      data={options}
      value={value === null ? null : String(value)}
      onChange={(id) => onChange?.(id === null ? null : Number(id))}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t`Nobody` }}
      searchValue={search}
      onSearchChange={setSearch}
      filter={({ options: all }) => all}
      nothingFoundMessage={t`Nobody is called like this`}
    />
  );
}

/** The same for several people. */
export function PeoplePicker({ value = NONE, onChange, ...field }: Common & { value?: number[]; onChange?: (ids: number[]) => void }) {
  const { t } = useLingui();
  const { options, search, setSearch } = useOptions(value);
  return (
    <MultiSelect
      {...field}
      data={options}
      value={value.map(String)}
      onChange={(ids) => onChange?.(ids.map(Number))}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      filter={({ options: all }) => all}
      nothingFoundMessage={t`Nobody is called like this`}
    />
  );
}

function useOptions(chosen: readonly number[]) {
  const [search, setSearch] = useState("");
  const [text] = useDebouncedValue(search, PAUSE_MS);
  const known = usePeople(chosen);
  // What a field shows of who is chosen is no search.
  const sought = known.some((one) => nameOf(one) === text) ? "" : text;
  const found = usePeopleFound(sought).data?.items ?? [];
  const all = new Map([...known, ...found].map((one) => [one.id, { value: String(one.id), label: nameOf(one) }]));
  const missing = chosen.filter((id) => !all.has(id)).map((id) => ({ value: String(id), label: `#${id}` }));
  return { options: [...all.values(), ...missing], search, setSearch };
}

function nameOf(person: { name: string; username: string }): string {
  return person.name === person.username ? person.name : `${person.name} (${person.username})`;
}
