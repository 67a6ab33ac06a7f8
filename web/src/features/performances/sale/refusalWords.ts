import { useLingui } from "@lingui/react/macro";
import { asProblem } from "@/lib/api/problem";
import type { Places, SeatMap } from "@/ui/seats/geometry/places";
import { useSeatNames } from "@/ui/seats/seatWords";

interface Sold {
  map: SeatMap;
  places: Places;
  /** The places of seats by their ids. */
  byId: ReadonlyMap<string, number>;
  seatsPerPerson: number;
}

/** Answer why seats are not held, in a sentence in the reader's language. */
export function useRefusalWords({ map, places, byId, seatsPerPerson }: Sold): (error: unknown) => string {
  const { t } = useLingui();
  const nameOf = useSeatNames(places);
  const namesOf = (ids: unknown) => ((ids ?? []) as string[]).flatMap((id) => byId.get(id) ?? []).map(nameOf);
  return (error) => {
    const { kind, problem, sentence } = asProblem(error);
    const full = (problem.full ?? []) as string[];
    const areas = map.areas.filter((one) => full.includes(one.key)).map((one) => one.name);
    const gone = [...namesOf(problem.taken), ...areas].join("; ");
    const alone = namesOf(problem.left_alone).join("; ");
    switch (kind) {
      case "seats-taken":
        return gone ? t`${gone}: taken meanwhile.` : t`There are not so many free seats beside each other any more.`;
      case "single-seat-left":
        return t`${alone} would be left alone; take seats at the end of the free ones.`;
      case "too-many-seats":
        return t`One person may have up to ${seatsPerPerson} seats of this performance.`;
      case "not-on-sale":
        return t`This is not on sale at the moment.`;
      default:
        return sentence;
    }
  };
}
