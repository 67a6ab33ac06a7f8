import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, NumberInput, Stack } from "@mantine/core";
import { useState } from "react";
import { moved } from "../changes";
import type { Editor } from "../useEditor";

/** Moves what is chosen by centimetres. */
export function Moving({ editor }: { editor: Editor }) {
  const { t } = useLingui();
  const [right, setRight] = useState<number | string>(0);
  const [back, setBack] = useState<number | string>(0);
  const { map, chosen, change } = editor;
  return (
    <Stack gap="xs">
      <Group gap="xs" align="flex-end" grow>
        <NumberInput label={t`To the right`} suffix=" cm" allowDecimal={false} value={right} onChange={setRight} />
        <NumberInput label={t`From the stage`} suffix=" cm" allowDecimal={false} value={back} onChange={setBack} />
      </Group>
      <Button variant="default" onClick={() => change(moved(map, chosen, Number(right) || 0, Number(back) || 0))}>
        <Trans>Move by this much</Trans>
      </Button>
    </Stack>
  );
}
