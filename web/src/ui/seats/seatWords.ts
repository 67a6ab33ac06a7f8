import { useLingui } from "@lingui/react/macro";
import { useLocale } from "@/lib/i18n/useLocale";
import { moneyWords } from "@/lib/money";
import { type Places, rowAt, type SeatMap } from "./geometry/places";
import type { SeatState } from "./states";

/** What categories cost, in whole minor units of a currency. */
export interface Prices {
  currency: string;
  byCategory: Readonly<Record<string, number>>;
}

/** Answer the words for each state. */
export function useStateWords(): Record<SeatState, string> {
  const { t } = useLingui();
  return { free: t`Free`, held: t`Held`, sold: t`Sold`, blocked: t`Not for sale`, mine: t`Yours`, picked: t`Chosen` };
}

/** Answer where a seat is, in words. */
export function useSeatNames(places: Places): (place: number) => string {
  const { t } = useLingui();
  return (place) => {
    const { section, row } = rowAt(places, place);
    return t`${section.name}, row ${row.key}, seat ${places.seats[place]!.key}`;
  };
}

/** Answer how a seat is told in words: where it is, what is the matter with it, and what it costs. */
export function useSeatWords(map: SeatMap, places: Places, prices?: Prices): (place: number, state?: SeatState) => string {
  const { t } = useLingui();
  const nameOf = useSeatNames(places);
  const states = useStateWords();
  const locale = useLocale();
  return (place, state) => {
    const seat = places.seats[place]!;
    const category = map.categories.find((one) => one.key === seat.category);
    const price = prices?.byCategory[seat.category];
    return [
      nameOf(place),
      state && states[state],
      category?.name,
      price !== undefined && moneyWords(price, prices!.currency, locale),
      seat.accessible && t`wheelchair place`,
      seat.companion && t`for a companion`,
    ]
      .filter(Boolean)
      .join(", ");
  };
}
