import { Trans, useLingui } from "@lingui/react/macro";
import { SegmentedControl, Stack, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { placesOf, type SeatMap } from "./geometry/places";
import { Legend } from "./Legend";
import { SeatList } from "./list/SeatList";
import { type Prices, useSeatWords } from "./seatWords";
import { SeatsDrawn } from "./SeatsDrawn";
import { type SeatState, stateAt } from "./states";
import "./seats.css";

export interface PickerProps {
  map: SeatMap;
  /** A letter for each place: f free, h held, s sold, b blocked. */
  states: string;
  /** Places held or bought by whoever looks. */
  mine: ReadonlySet<number>;
  /** Places that are chosen and not yet held. */
  picked: ReadonlySet<number>;
  prices?: Prices;
  /** Somebody chooses a place, or gives up one that is chosen. */
  onPick: (place: number) => void;
  /** Whether any seat may be picked and not the free ones alone, as by who blocks seats. */
  anySeat?: boolean;
}

/** A hall in which seats are chosen: drawn, or as a list. */
export function SeatPicker(props: PickerProps) {
  const { map, states, mine, picked, prices, onPick, anySeat } = props;
  const { t } = useLingui();
  const [shown, setShown] = useState("map");
  const places = useMemo(() => placesOf(map), [map]);
  const words = useSeatWords(map, places, prices);
  const stateOf = (place: number): SeatState => (mine.has(place) ? "mine" : picked.has(place) ? "picked" : stateAt(states, place));
  const isFor = (place: number) => anySeat || stateOf(place) === "free" || stateOf(place) === "picked";
  const pick = (place: number) => {
    if (isFor(place)) onPick(place);
  };
  const same = { map, places, stateOf, words, pick };
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={t`Show seats as`}
        value={shown}
        onChange={setShown}
        w="fit-content"
        data={[
          { value: "map", label: t`Plan` },
          { value: "list", label: t`List` },
        ]}
      />
      {shown === "map" ? (
        <>
          <SeatsDrawn {...same} states={states} mine={mine} picked={picked} />
          <Text size="sm" c="dimmed">
            <Trans>Click or tap a seat to choose it. By keyboard: arrows, Enter, plus and minus; 0 shows everything.</Trans>
          </Text>
          <Legend map={map} prices={prices} />
        </>
      ) : (
        <SeatList {...same} isFor={isFor} />
      )}
    </Stack>
  );
}
