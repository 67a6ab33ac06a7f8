import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { asProblem } from "@/lib/api/problem";
import { useNow } from "@/lib/time/useNow";
import { useTitle } from "@/lib/useTitle";
import { useWakeLock } from "@/lib/useWakeLock";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import classes from "./door.module.css";
import { NowPanel } from "./NowPanel";
import { PlanPanel } from "./PlanPanel";
import { useDoor } from "./useDoor";

const route = getRouteApi("/display/door/$resourceId");

/** The display at a door: whether the resource is free, today's plan, and what somebody who stands there may do. */
export function DoorPage() {
  const { t } = useLingui();
  const { resourceId } = route.useParams();
  const navigate = useNavigate();
  const now = useNow(1000);
  const { door, refused, retry } = useDoor(resourceId, now);
  useWakeLock();
  useTitle(door?.resource.name ?? t`Door display`);
  const leave = () => void navigate({ to: "/" });
  useHotkeys([["Escape", () => document.querySelector("[role=dialog]") ?? leave()]]);
  return (
    <>
      <button type="button" className="skip-link" onClick={leave}>
        <Trans>Leave the display (Esc)</Trans>
      </button>
      {door && (
        <main className={classes.door}>
          <NowPanel door={door} now={now} />
          <PlanPanel door={door} now={now} />
        </main>
      )}
      {!door && (
        <main className={classes.waiting}>
          {refused ? (
            <EmptyState
              level={1}
              icon="warning"
              title={t`This door cannot be shown`}
              action={
                <Button size="lg" onClick={retry}>
                  <Trans>Try again</Trans>
                </Button>
              }
            >
              {asProblem(refused).sentence}
            </EmptyState>
          ) : (
            <ListSkeleton rows={3} height={120} />
          )}
        </main>
      )}
    </>
  );
}
