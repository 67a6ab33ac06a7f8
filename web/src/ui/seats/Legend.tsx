import { useLingui } from "@lingui/react/macro";
import { Group, Text } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";
import { moneyWords } from "@/lib/money";
import type { SeatMap } from "./geometry/places";
import { SeatSign } from "./SeatSign";
import { type Prices, useStateWords } from "./seatWords";
import type { SeatState } from "./states";
import type { Look } from "./stage/sprites";

const SHOWN: readonly SeatState[] = ["held", "sold", "blocked", "picked", "mine"];

/** What the signs of a hall mean: categories with their prices, and states. */
export function Legend({ map, prices, withStates = true }: { map: SeatMap; prices?: Prices; withStates?: boolean }) {
  const { t } = useLingui();
  const locale = useLocale();
  const words = useStateWords();
  const price = (key: string) => {
    const amount = prices?.byCategory[key];
    return amount === undefined ? "" : ` · ${moneyWords(amount, prices!.currency, locale)}`;
  };
  const seats = map.sections.flatMap((section) => section.rows.flatMap((row) => row.seats));
  return (
    <Group component="ul" aria-label={t`What the signs mean`} gap="md" p={0} m={0} style={{ listStyle: "none" }}>
      {map.categories.map((one, category) => (
        <Line key={one.key} look={{ category }} words={`${one.name}${price(one.key)}`} />
      ))}
      {withStates && SHOWN.map((state) => <Line key={state} look={{ state }} words={words[state]} />)}
      {seats.some((one) => one.accessible) && <Line look={{ accessible: true }} words={t`Wheelchair place`} />}
      {seats.some((one) => one.companion) && <Line look={{ companion: true }} words={t`For a companion`} />}
    </Group>
  );
}

function Line({ look, words }: { look: Partial<Look>; words: string }) {
  return (
    <Group component="li" gap={6} wrap="nowrap">
      <SeatSign {...look} />
      <Text size="sm">{words}</Text>
    </Group>
  );
}
