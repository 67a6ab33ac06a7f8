import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Collapse, Group, MultiSelect, NumberInput, Paper, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useDebouncedCallback, useDisclosure, useMediaQuery } from "@mantine/hooks";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { Icon } from "@/ui/Icon";
import { useSites } from "./api/listSites";
import { useTags } from "./api/listTags";
import { FILTERS, type FindSearch } from "./search";
import { WindowFields } from "./WindowFields";

const route = getRouteApi("/signed-in/find");
const DEBOUNCE_MS = 250;
const CAPACITY_MAX = 1_000_000;

/** What one needs. All of it stands in the address, so that what was found can be sent to somebody. */
export function Filters() {
  const { t } = useLingui();
  const wanted = route.useSearch();
  const navigate = route.useNavigate();
  // On a phone they would fill the screen before anything that was found.
  const isPhone = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
  const [isOpen, { toggle }] = useDisclosure(!isPhone && FILTERS.some((one) => one !== "text" && wanted[one] !== undefined));
  const change = (some: Partial<FindSearch>, replace = false) => void navigate({ search: (old) => ({ ...old, ...some }), replace });
  const count = FILTERS.filter((one) => one !== "text" && wanted[one] !== undefined).length;
  const clear = () => change(Object.fromEntries([...FILTERS, "until", "minutes"].map((one) => [one, undefined])));
  return (
    <Paper p="md" withBorder component="search">
      <Stack gap="md">
        <Group gap="sm" wrap="nowrap" align="flex-end">
          <WordsField key={`text ${wanted.text === undefined}`} label={t`What are you looking for?`} placeholder={t`Name, kind, place or tag`} first={wanted.text} onChange={(text) => change({ text }, true)} />
          <Button variant="default" size="md" aria-expanded={isOpen} onClick={toggle}>
            {count > 0 ? t`Filters (${count})` : t`Filters`}
          </Button>
        </Group>
        <Collapse expanded={isOpen}>
          <Stack gap="md">
            <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="md">
              <PlaceField value={wanted.site} onChange={(site) => change({ site })} />
              <CapacityField key={`capacity ${wanted.capacity === undefined}`} first={wanted.capacity} onChange={(capacity) => change({ capacity }, true)} />
              <WordsField key={`kind ${wanted.kind === undefined}`} label={t`Kind`} placeholder={t`Such as: room`} first={wanted.kind} onChange={(kind) => change({ kind }, true)} />
              <TagsField value={wanted.tags} onChange={(tags) => change({ tags })} />
            </SimpleGrid>
            <WindowFields key={wanted.from ?? ""} from={wanted.from} until={wanted.until} minutes={wanted.minutes} onChange={(window) => change(window)} />
            {count > 0 && (
              <Group justify="flex-end">
                <Button variant="subtle" leftSection={<Icon name="cross" size={14} />} onClick={clear}>
                  <Trans>Clear all filters</Trans>
                </Button>
              </Group>
            )}
          </Stack>
        </Collapse>
      </Stack>
    </Paper>
  );
}

interface WordsProps {
  label: string;
  placeholder: string;
  first: string | undefined;
  onChange: (text: string | undefined) => void;
}

function WordsField({ label, placeholder, first, onChange }: WordsProps) {
  const [text, setText] = useState(first ?? "");
  const tell = useDebouncedCallback((next: string) => onChange(next.trim() || undefined), DEBOUNCE_MS);
  return (
    <TextInput
      flex={1}
      label={label}
      placeholder={placeholder}
      value={text}
      maxLength={50}
      onChange={(event) => {
        setText(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
}

function CapacityField({ first, onChange }: { first: number | undefined; onChange: (capacity: number | undefined) => void }) {
  const { t } = useLingui();
  const [value, setValue] = useState<number | string>(first ?? "");
  const tell = useDebouncedCallback((next: number | string) => onChange(Number(next) || undefined), DEBOUNCE_MS);
  return (
    <NumberInput
      size="md"
      label={t`For how many people`}
      placeholder={t`Any`}
      min={1}
      max={CAPACITY_MAX}
      allowDecimal={false}
      hideControls
      inputMode="numeric"
      value={value}
      onChange={(next) => {
        setValue(next);
        tell(next);
      }}
    />
  );
}

function PlaceField({ value, onChange }: { value: number | undefined; onChange: (site: number | undefined) => void }) {
  const { t } = useLingui();
  const sites = useSites().data?.items ?? [];
  // No-break spaces, as a line of a list cannot be moved in otherwise.
  const data = sites.map((one) => ({ value: String(one.id), label: "\u00a0\u00a0\u00a0".repeat(one.path.length - 1) + one.name }));
  return (
    <Select
      label={t`Place`}
      placeholder={t`Anywhere`}
      data={data}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t`Anywhere` }}
      nothingFoundMessage={t`Nothing is called like this`}
      value={value === undefined ? null : String(value)}
      onChange={(next) => onChange(next === null ? undefined : Number(next))}
    />
  );
}

function TagsField({ value, onChange }: { value: string[] | undefined; onChange: (tags: string[] | undefined) => void }) {
  const { t } = useLingui();
  const tags = useTags().data?.items.map((one) => one.tag) ?? [];
  return (
    <MultiSelect
      size="md"
      label={t`With`}
      placeholder={value?.length ? undefined : t`Such as: projector`}
      data={[...new Set([...tags, ...(value ?? [])])]}
      searchable
      maxValues={10}
      nothingFoundMessage={t`Nothing is called like this`}
      value={value ?? []}
      onChange={(next) => onChange(next.length > 0 ? next : undefined)}
    />
  );
}
