import { Plural, Trans } from "@lingui/react/macro";
import { Accordion, Button, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { PlacedRow } from "../geometry/places";
import { Icon } from "../../Icon";
import type { ShownSeats } from "../SeatsDrawn";

interface Props extends ShownSeats {
  /** Whether a place can be chosen. */
  isFor: (place: number) => boolean;
}

/** The same seats as a list: sections, their rows, and the seats of a row. What is closed is not there. */
export function SeatList(props: Props) {
  const { map, places } = props;
  const [open, setOpen] = useState<string | null>(map.sections[0]?.key ?? null);
  return (
    <Accordion variant="separated" value={open} onChange={setOpen} order={2}>
      {map.sections.map((section) => {
        const rows = places.rows.filter((one) => one.section === section);
        return (
          <Accordion.Item key={section.key} value={section.key}>
            <Accordion.Control>
              {section.name} <FreeWords rows={rows} {...props} />
            </Accordion.Control>
            <Accordion.Panel>
              {open === section.key && (
                <Stack gap={4}>
                  {rows.map((row) => (
                    <RowSeats key={row.first} {...props} row={row} />
                  ))}
                </Stack>
              )}
            </Accordion.Panel>
          </Accordion.Item>
        );
      })}
    </Accordion>
  );
}

function RowSeats({ row, ...props }: Props & { row: PlacedRow }) {
  const [isOpen, setOpen] = useState(false);
  const name = row.row.key;
  return (
    <Stack gap={6}>
      <UnstyledButton onClick={() => setOpen(!isOpen)} aria-expanded={isOpen} py={6}>
        <Group gap={6} wrap="nowrap">
          <Icon name={isOpen ? "minus" : "plus"} size={16} />
          <Text span fw={600}>
            <Trans>Row {name}</Trans>
          </Text>
          <FreeWords rows={[row]} {...props} />
        </Group>
      </UnstyledButton>
      {isOpen && (
        <ul className="seat-list-seats">
          {placesIn(row).map((place) => (
            <li key={place}>
              <OneSeat {...props} place={place} />
            </li>
          ))}
        </ul>
      )}
    </Stack>
  );
}

function OneSeat({ place, places, stateOf, words, pick, isFor }: Props & { place: number }) {
  const state = stateOf(place);
  const isOwn = state === "picked" || state === "mine";
  return (
    <Button
      size="sm"
      variant={isOwn ? "filled" : "default"}
      aria-label={words(place, state)}
      aria-pressed={isOwn}
      disabled={!isFor(place)}
      onClick={() => pick(place)}
    >
      {places.seats[place]!.key}
    </Button>
  );
}

function FreeWords({ rows, isFor }: { rows: readonly PlacedRow[] } & Pick<Props, "isFor">) {
  const count = rows.reduce((sum, row) => sum + placesIn(row).filter(isFor).length, 0);
  return (
    <Text span size="sm" c="dimmed">
      <Plural value={count} _0="none free" one="# free" other="# free" />
    </Text>
  );
}

function placesIn(row: PlacedRow): number[] {
  return Array.from({ length: row.count }, (_, at) => row.first + at);
}
