import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { Area } from "@/ui/seats/geometry/places";
import { Icon } from "@/ui/Icon";
import type { Editor } from "../useEditor";
import { AreaDrawer } from "./AreaDrawer";

/** Room for people without seats. */
export function Areas({ editor }: { editor: Editor }) {
  const { t } = useLingui();
  const { map, change } = editor;
  const [shown, setShown] = useState<Area | "new" | null>(null);
  return (
    <Stack gap="sm">
      {map.areas.length === 0 && (
        <Text c="dimmed">
          <Trans>An area has room for people who stand, or sit where they like.</Trans>
        </Text>
      )}
      {map.areas.map((one) => (
        <Paper key={one.key} withBorder p="sm" component="article" aria-label={one.name}>
          <Text fw={600}>{one.name}</Text>
          <Text size="sm" c="dimmed">
            <Plural value={one.capacity} one="# person" other="# people" /> · {map.categories.find((each) => each.key === one.category)?.name}
          </Text>
          <Group gap="xs" mt="xs">
            <Button size="compact-md" variant="default" onClick={() => setShown(one)}>
              <Trans>Change</Trans>
            </Button>
            <Button
              size="compact-md"
              variant="default"
              aria-label={t`Remove ${one.name}`}
              onClick={() => change({ ...map, areas: map.areas.filter((other) => other !== one) })}
            >
              <Trans>Remove</Trans>
            </Button>
          </Group>
        </Paper>
      ))}
      <Button variant="default" leftSection={<Icon name="plus" />} onClick={() => setShown("new")}>
        <Trans>Add an area</Trans>
      </Button>
      {shown && <AreaDrawer editor={editor} area={shown === "new" ? null : shown} onClose={() => setShown(null)} />}
    </Stack>
  );
}
