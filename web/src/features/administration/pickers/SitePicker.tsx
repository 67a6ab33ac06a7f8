import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { useSites } from "./api/listSites";

interface Props {
  label: string;
  placeholder: string;
  description?: ReactNode;
  error?: ReactNode;
  value?: number | null;
  onChange?: (id: number | null) => void;
  /** A site that cannot be chosen, nor what is below it. */
  without?: number;
}

/** A field for a site, named by its whole path. */
export function SitePicker({ value = null, onChange, without, placeholder, ...field }: Props) {
  const sites = useSites().data?.items ?? [];
  const apart = sites.find((one) => one.id === without);
  const isApart = (path: string[]) => apart !== undefined && apart.path.every((name, at) => path[at] === name);
  const options = sites
    .filter((one) => !isApart(one.path))
    .map((one) => ({ value: String(one.id), label: one.path.join(" / ") }))
    .sort((one, other) => one.label.localeCompare(other.label));
  return (
    <Select
      {...field}
      data={options}
      value={value === null ? null : String(value)}
      onChange={(id) => onChange?.(id === null ? null : Number(id))}
      placeholder={placeholder}
      searchable
      clearable
      clearButtonProps={{ "aria-label": placeholder }}
    />
  );
}
