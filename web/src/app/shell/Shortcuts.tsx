import { useLingui } from "@lingui/react/macro";
import { Group, Kbd, Modal, Stack, Table, Text } from "@mantine/core";
import { useDisclosure, useHotkeys, useWindowEvent } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { SHORTCUTS_ASKED } from "./askShortcuts";
import { DESTINATIONS } from "./destinations";

const SEQUENCE_MS = 1500;

/** The keys of the app: "g" and then a number goes somewhere, "?" tells all of them. */
export default function Shortcuts() {
  const { t } = useLingui();
  const [opened, { open, close }] = useDisclosure();
  useGoing();
  useHotkeys([["shift + ?", open]]);
  useWindowEvent(SHORTCUTS_ASKED, open);
  return (
    <Modal.Root opened={opened} onClose={close} centered>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Header>
          <Modal.Title fz="h2" fw={650}>
            {t`Keyboard shortcuts`}
          </Modal.Title>
          <Modal.CloseButton aria-label={t`Close`} />
        </Modal.Header>
        <Modal.Body>
          <Keys />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Keys() {
  const { t, i18n } = useLingui();
  const going = DESTINATIONS.slice(0, 9).map((one, at) => [["g", String(at + 1)], i18n._(one.label)] as const);
  const keys = [
    [["Ctrl", "K"], t`Go anywhere, or do something, by typing`],
    [["/"], t`The same`],
    ...going,
    [["?"], t`Show this help`],
    [["Esc"], t`Close what is open`],
  ] as const;
  return (
    <Stack>
      <Table>
        <Table.Tbody>
          {keys.map(([pressed, does]) => (
            <Table.Tr key={pressed.join(" ")}>
              <Table.Th scope="row" fw={400} w={130}>
                <Group gap={4} wrap="nowrap">
                  {pressed.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </Group>
              </Table.Th>
              <Table.Td>{does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="sm" c="dimmed">
        {t`Keys that follow each other are pressed one after the other.`}
      </Text>
    </Stack>
  );
}

/** Go to the place of a number that is pressed soon after "g". */
function useGoing(): void {
  const navigate = useNavigate();
  const pressedAt = useRef(0);
  const go = (to: (typeof DESTINATIONS)[number]["to"]) => {
    if (Date.now() - pressedAt.current < SEQUENCE_MS) void navigate({ to });
    pressedAt.current = 0;
  };
  useHotkeys([
    ["g", () => (pressedAt.current = Date.now()), { preventDefault: false }],
    ...DESTINATIONS.slice(0, 9).map(
      (one, at) => [String(at + 1), () => go(one.to), { preventDefault: false }] as [string, () => void, { preventDefault: boolean }],
    ),
  ]);
}
