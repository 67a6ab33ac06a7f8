import { Trans, useLingui } from "@lingui/react/macro";
import { Button, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { rowAt } from "@/ui/seats/geometry/places";
import { withRowKey, withSection } from "../changes";
import { shared } from "../choosing";
import type { Editor } from "../useEditor";

/** The names of the section and the row in which all chosen seats are. */
export function Names({ editor }: { editor: Editor }) {
  const { t } = useLingui();
  const { map, places, chosen, change } = editor;
  const row = shared(chosen, (place) => rowAt(places, place).row);
  const section = shared(chosen, (place) => rowAt(places, place).section);
  if (!section) return null;
  const rename = (name: string, key: string, rowKey: string) => {
    const named = withSection(map, section.key, { name, key });
    change(row && rowKey !== row.key ? withRowKey(named, chosen, rowKey) : named);
  };
  return <NamesForm key={`${section.key}/${row?.key}/${section.name}`} words={[section.name, section.key, row?.key ?? null]} label={t`Names`} onSet={rename} />;
}

interface Form {
  words: readonly [name: string, key: string, row: string | null];
  label: string;
  onSet: (name: string, key: string, row: string) => void;
}

function NamesForm({ words, label, onSet }: Form) {
  const { t } = useLingui();
  const [name, setName] = useState(words[0]);
  const [key, setKey] = useState(words[1]);
  const [row, setRow] = useState(words[2] ?? "");
  const isSame = name === words[0] && key === words[1] && row === (words[2] ?? "");
  const isWhole = name.trim() !== "" && isKey(key) && (words[2] === null || isKey(row));
  return (
    <Stack gap="xs" role="group" aria-label={label}>
      <SimpleGrid cols={words[2] === null ? 2 : 3} spacing="xs">
        <TextInput label={t`Section`} maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <TextInput label={t`Its key`} maxLength={30} value={key} onChange={(event) => setKey(event.currentTarget.value)} />
        {words[2] !== null && <TextInput label={t`Row`} maxLength={30} value={row} onChange={(event) => setRow(event.currentTarget.value)} />}
      </SimpleGrid>
      {!isSame && (
        <Button variant="default" disabled={!isWhole} onClick={() => onSet(name.trim(), key.trim(), row.trim())}>
          <Trans>Rename</Trans>
        </Button>
      )}
    </Stack>
  );
}

function isKey(text: string): boolean {
  return text.trim() !== "" && !text.includes("/");
}
