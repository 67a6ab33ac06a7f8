import { notifications } from "@mantine/notifications";
import { asProblem } from "@/lib/api/problem";

/** Tell that something was done. */
export function tellDone(message: string): void {
  notifications.show({ message, color: "green.9", withCloseButton: true, closeButtonProps: { "aria-label": "×" } });
}

/** Tell why something was not done, or was undone. */
export function tellProblem(error: unknown): void {
  notifications.show({
    message: asProblem(error).sentence,
    color: "red.9",
    autoClose: 10_000,
    closeButtonProps: { "aria-label": "×" },
  });
}
