import { Select } from "@mantine/core";
import type { ReactNode } from "react";

const ZONES = Intl.supportedValuesOf("timeZone");

interface Props {
  label: string;
  placeholder: string;
  description?: ReactNode;
  error?: ReactNode;
  value?: string | null;
  onChange?: (zone: string | null) => void;
}

/** A field for a time zone. */
export function ZonePicker({ placeholder, ...field }: Props) {
  return (
    <Select {...field} data={ZONES} placeholder={placeholder} searchable clearable clearButtonProps={{ "aria-label": placeholder }} />
  );
}
