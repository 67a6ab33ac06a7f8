import { Outlet } from "@tanstack/react-router";
import { useLive } from "@/lib/live/useLive";
import { useLeaving } from "@/lib/useLeaving";

/** The frame of what hangs on a wall: as fresh as any page, and with nothing around it. */
export function Display() {
  useLive();
  useLeaving();
  return <Outlet />;
}
