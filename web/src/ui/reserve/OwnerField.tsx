import { useLingui } from "@lingui/react/macro";
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useMe } from "@/lib/api/readMe";
import { usePeople } from "./api/findPeople";

const DEBOUNCE_MS = 200;

interface Props {
  /** The id of whom it is for, or null for whoever is signed in. */
  value: number | null;
  onChange: (ownerId: number | null) => void;
}

/** For whom it is. Only administrators may choose, and only they see the field. */
export function OwnerField({ value, onChange }: Props) {
  const { t } = useLingui();
  const me = useMe().data;
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text, DEBOUNCE_MS);
  const isAdmin = me?.role === "admin";
  const people = usePeople(asked, isAdmin);
  if (!me || !isAdmin) return null;
  const found = (people.data?.items ?? []).filter((one) => one.id !== me.id);
  const data = [
    { value: String(me.id), label: t`Me` },
    ...found.map((one) => ({ value: String(one.id), label: one.name ? `${one.name} (${one.username})` : one.username })),
  ];
  return (
    <Select
      label={t`For whom`}
      searchable
      data={data}
      filter={({ options }) => options}
      onSearchChange={(next) => setText(data.some((one) => one.label === next) ? "" : next)}
      nothingFoundMessage={t`Nobody is called like this`}
      value={String(value ?? me.id)}
      onChange={(next) => onChange(next === null || Number(next) === me.id ? null : Number(next))}
    />
  );
}
