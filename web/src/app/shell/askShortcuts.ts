/** The name of the event with which the help for the keyboard is asked for, from wherever. */
export const SHORTCUTS_ASKED = "berth-shortcuts";

/** Show which keys do what. */
export function showShortcuts(): void {
  dispatchEvent(new Event(SHORTCUTS_ASKED));
}
