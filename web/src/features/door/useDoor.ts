import { useNetwork } from "@mantine/hooks";
import { useEffect } from "react";
import { machineZone } from "@/lib/time/format";
import { startOfDay } from "@/lib/time/wallClock";
import { usePlan } from "./api/readPlan";
import { useResource } from "./api/readResource";
import { useStatus } from "./api/readStatus";
import { isSilent } from "./hearing";
import { keep } from "./kept";
import { leftOf, standingAt } from "./plan";

const DAYS_AHEAD = 2;

/** Answer all that a display shows of its door at an instant, as Berth says it or as it was said last. */
export function useDoor(resourceId: number, now: Date) {
  const resource = useResource(resourceId);
  const zone = resource.data?.timezone ?? machineZone();
  const today = startOfDay(now, zone);
  const status = useStatus(resourceId);
  const plan = usePlan(resourceId, today, startOfDay(now, zone, DAYS_AHEAD));
  const heardAt = plan.dataUpdatedAt;
  const { online } = useNetwork();

  useEffect(() => {
    if (resource.data && status.data && plan.data)
      keep({ resource: resource.data, status: status.data, plan: plan.data, heardAt });
  }, [resource.data, status.data, plan.data, heardAt]);

  const looks = [status, plan].map((one) => ({
    failed: one.failureCount > 0 || one.isError,
    paused: one.fetchStatus === "paused",
  }));
  const refused = resource.data ? null : (resource.error ?? status.error ?? plan.error);
  if (!resource.data || !status.data || !plan.data) return { door: null, refused, retry: () => void resource.refetch() };
  // Who has checked out has left, though the minute in which they did is theirs to its end.
  const items = plan.data.items.filter((one) => one.state !== "finished");
  const door = {
    resource: resource.data,
    zone,
    standing: standingAt(now, items, status.data),
    left: leftOf(items, now, startOfDay(now, zone, 1)),
    heardAt: new Date(heardAt),
    isSilent: !online || isSilent(heardAt, now.getTime(), looks),
  };
  return { door, refused: null, retry: () => undefined };
}

export type Door = NonNullable<ReturnType<typeof useDoor>["door"]>;
