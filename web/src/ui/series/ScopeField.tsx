import type { components } from "@generated/schema";
import { useLingui } from "@lingui/react/macro";
import { Radio, Stack } from "@mantine/core";

/** Which occurrences of a series are meant. */
export type Scope = components["schemas"]["SeriesChange"]["scope"];

/** Asks which occurrences of a series are meant. */
export function ScopeField({ value, onChange }: { value: Scope; onChange: (scope: Scope) => void }) {
  const { t } = useLingui();
  return (
    <Radio.Group size="md" label={t`Which are meant?`} value={value} onChange={(next) => onChange(next as Scope)}>
      <Stack gap="xs" mt="xs">
        <Radio value="this" label={t`This one`} />
        <Radio value="following" label={t`This one and all that follow`} />
        <Radio value="all" label={t`All that have not begun`} />
      </Stack>
    </Radio.Group>
  );
}
