import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Group, Menu, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Icon } from "@/ui/Icon";
import { saveFile } from "@/lib/saveFile";
import { ImportDialog } from "./exchange/ImportDialog";
import { SectionDrawer } from "./SectionDrawer";
import type { Editor } from "./useEditor";

interface Props {
  editor: Editor;
  isDirty: boolean;
  isSaving: boolean;
  onSave: () => void;
}

/** What is done with the map as a whole. */
export function MapButtons({ editor, isDirty, isSaving, onSave }: Props) {
  const { t } = useLingui();
  const [adding, add] = useDisclosure();
  const [importing, bring] = useDisclosure();
  const { map, places, undo, redo } = editor;
  const seats = places.count;
  const people = seats + map.areas.reduce((sum, one) => sum + one.capacity, 0);
  const keep = () => saveFile(new Blob([JSON.stringify(map, null, 2)], { type: "application/json" }), "seat-map.json");
  return (
    <Group justify="space-between" gap="xs">
      <Group gap="xs">
        <Button variant="default" leftSection={<Icon name="plus" />} onClick={add.open}>
          <Trans>Add a section</Trans>
        </Button>
        <ActionIcon variant="default" size={36} aria-label={t`Undo`} disabled={!undo} onClick={undo}>
          <Icon name="undo" />
        </ActionIcon>
        <ActionIcon variant="default" size={36} aria-label={t`Redo`} disabled={!redo} onClick={redo}>
          <Icon name="redo" />
        </ActionIcon>
        <Menu>
          <Menu.Target>
            <Button variant="default">
              <Trans>Files</Trans>
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={bring.open}>{t`Import a file`}</Menu.Item>
            <Menu.Item onClick={keep}>{t`Export as JSON`}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      <Group gap="sm">
        <Text size="sm" role="status">
          <Trans>
            Seats: {seats}, room for {people}
          </Trans>
        </Text>
        <Button onClick={onSave} loading={isSaving} disabled={!isDirty}>
          <Trans>Save the map</Trans>
        </Button>
      </Group>
      {adding && <SectionDrawer editor={editor} onClose={add.close} />}
      {importing && <ImportDialog editor={editor} onClose={bring.close} />}
    </Group>
  );
}
