import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import type { SeatMap } from "@/ui/seats/geometry/places";
import { SeatSign } from "@/ui/seats/SeatSign";
import { Icon } from "@/ui/Icon";
import { freeKey } from "../copies";
import type { Editor } from "../useEditor";

/** What seats are priced by: added, named, and taken out where no seat has it. */
export function Categories({ editor }: { editor: Editor }) {
  const { t } = useLingui();
  const { map, change } = editor;
  const used = usedIn(map);
  const keys = new Set(map.categories.map((one) => one.key));
  const rename = (key: string, name: string) =>
    name.trim() && change({ ...map, categories: map.categories.map((one) => (one.key === key ? { ...one, name: name.trim() } : one)) });
  const add = () => {
    const key = freeKey("category", keys);
    change({ ...map, categories: [...map.categories, { key: key.replace(" ", "-"), name: t`New category` }] });
  };
  return (
    <Stack gap="sm">
      {map.categories.map((one, category) => (
        <Group key={one.key} gap="xs" wrap="nowrap">
          <SeatSign category={category} />
          <TextInput
            key={one.name}
            aria-label={t`Name of ${one.key}`}
            defaultValue={one.name}
            maxLength={100}
            style={{ flex: 1 }}
            onBlur={(event) => event.currentTarget.value !== one.name && rename(one.key, event.currentTarget.value)}
          />
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t`Remove ${one.name}`}
            disabled={used.has(one.key)}
            onClick={() => change({ ...map, categories: map.categories.filter((other) => other !== one) })}
          >
            <Icon name="cross" />
          </ActionIcon>
        </Group>
      ))}
      <Text size="sm" c="dimmed">
        <Trans>A category that seats or areas have cannot be removed.</Trans>
      </Text>
      <Button variant="default" leftSection={<Icon name="plus" />} onClick={add}>
        <Trans>Add a category</Trans>
      </Button>
    </Stack>
  );
}

function usedIn(map: SeatMap): Set<string> {
  const used = new Set(map.areas.map((one) => one.category));
  for (const { rows } of map.sections) for (const { seats } of rows) for (const { category } of seats) used.add(category);
  return used;
}
