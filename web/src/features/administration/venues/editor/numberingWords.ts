import { useLingui } from "@lingui/react/macro";
import type { Numbering } from "./numbering";

/** Answer how seats may be numbered, for a field. */
export function useNumberingWords(): { value: Numbering; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "from_left", label: t`From the left` },
    { value: "from_right", label: t`From the right` },
    { value: "odd_left", label: t`Odd left, even right` },
  ];
}
