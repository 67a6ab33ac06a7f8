import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, NumberInput, Select, Stack } from "@mantine/core";
import { useState } from "react";
import { renumbered } from "../changes";
import { type Numbering, seatKeys } from "../numbering";
import { useNumberingWords } from "../numberingWords";
import type { Editor } from "../useEditor";

/** Numbers the rows of the chosen seats anew, from one end to the other. */
export function Renumbering({ editor }: { editor: Editor }) {
  const { t } = useLingui();
  const numberings = useNumberingWords();
  const [numbering, setNumbering] = useState<Numbering>("from_left");
  const [start, setStart] = useState<number | string>(1);
  const { map, chosen, change } = editor;
  return (
    <Stack gap="xs">
      <Select
        label={t`Seat numbers`}
        data={numberings}
        value={numbering}
        onChange={(next) => next && setNumbering(next as Numbering)}
        allowDeselect={false}
      />
      <Group gap="xs" align="flex-end" grow>
        <NumberInput label={t`First number`} min={0} max={9999} allowDecimal={false} value={start} onChange={setStart} />
        <Button variant="default" h={42} px="xs" onClick={() => change(renumbered(map, chosen, (count) => seatKeys(count, numbering, Number(start) || 0)))}>
          <Trans>Renumber rows</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
