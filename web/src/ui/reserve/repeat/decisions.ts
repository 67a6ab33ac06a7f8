import type { components } from "@generated/schema";

type Look = components["schemas"]["LookShown"];
type Choice = components["schemas"]["ChoiceInput"];

/** What becomes of all occurrences that cannot be as they are. */
export type Conflicts = components["schemas"]["SeriesCreate"]["conflicts"] & string;
/** What is decided of single occurrences, by their names. */
export type Decisions = Readonly<Record<string, "left" | "instead" | undefined>>;
/** What becomes of an occurrence; `open` still has to be decided. */
export type Outcome = "placed" | "left" | "instead" | "open";

/** Answer what becomes of an occurrence: what is decided of it alone goes before what is chosen for all. */
export function outcomeOf(look: Look, conflicts: Conflicts, decisions: Decisions): Outcome {
  const decided = decisions[look.occurrence];
  if (decided === "left") return "left";
  if (look.status === "free") return "placed";
  if (decided === "instead" && look.alternative) return "instead";
  if (conflicts === "skip") return "left";
  return conflicts === "alternative" && look.alternative ? "instead" : "open";
}

/** Answer the choices to send: what was decided one by one, and every alternative as it was shown. */
export function choicesOf(looks: readonly Look[], conflicts: Conflicts, decisions: Decisions): Choice[] {
  return looks.flatMap((look): Choice[] => {
    const outcome = outcomeOf(look, conflicts, decisions);
    const { occurrence, alternative } = look;
    if (outcome === "instead" && alternative) {
      const { start, end, resource_id } = alternative;
      return [{ occurrence, skip: false, start, end, resource_id }];
    }
    return outcome === "left" && decisions[occurrence] === "left" ? [{ occurrence, skip: true }] : [];
  });
}
