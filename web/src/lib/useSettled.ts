import { useEffect, useState } from "react";

const WAIT_MS_MAX = 2_000;

/** Answer whether the browser has had a quiet moment since the component came: the time for what nobody waits for. */
export function useSettled(): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const settle = () => setSettled(true);
    // Safari cannot tell when it is quiet.
    if (!("requestIdleCallback" in window)) {
      const timer = setTimeout(settle, WAIT_MS_MAX / 2);
      return () => clearTimeout(timer);
    }
    const asked = requestIdleCallback(settle, { timeout: WAIT_MS_MAX });
    return () => cancelIdleCallback(asked);
  }, []);
  return settled;
}
