import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useLocale } from "@/lib/i18n/useLocale";
import { dayKey, rangeWords, timeWords } from "@/lib/time/format";
import { Icon, type IconName } from "@/ui/Icon";
import { CodeButtons } from "./code/CodeButtons";
import classes from "./door.module.css";
import type { Busy } from "./plan";
import { ReserveButtons } from "./ReserveButtons";
import type { Door } from "./useDoor";

const ICONS: Record<Door["standing"]["state"], IconName> = { free: "check", busy: "cross", closed: "moon", retired: "warning" };

interface Props {
  door: Door;
  now: Date;
}

/** The half that is seen from afar: free or not, until when, what comes next, and the deeds. */
export function NowPanel({ door, now }: Props) {
  const { resource, standing } = door;
  return (
    <section className={classes.now} data-state={standing.state}>
      <header>
        <h1 className={classes.name}>{resource.name}</h1>
        {resource.site_path.length > 0 && <p className={classes.site}>{resource.site_path.join(" · ")}</p>}
      </header>
      <div className={classes.standing} role="status">
        <Icon name={ICONS[standing.state]} size={72} />
        <div>
          <p className={classes.state}>
            <StateWord state={standing.state} />
          </p>
          <p className={classes.until}>
            <Until door={door} now={now} />
          </p>
        </div>
      </div>
      <Coming door={door} />
      {standing.state !== "retired" && (
        <div className={classes.deeds}>
          <ReserveButtons door={door} now={now} />
          <CodeButtons door={door} />
        </div>
      )}
    </section>
  );
}

function StateWord({ state }: { state: Door["standing"]["state"] }): ReactNode {
  if (state === "free") return <Trans>Free</Trans>;
  if (state === "busy") return <Trans>Busy</Trans>;
  if (state === "closed") return <Trans>Closed</Trans>;
  return <Trans>Not in use any more</Trans>;
}

function Until({ door, now }: Props): ReactNode {
  const locale = useLocale();
  const { until, state } = door.standing;
  if (state === "retired") return <Trans>It cannot be reserved.</Trans>;
  if (until && dayKey(until, door.zone) === dayKey(now, door.zone)) {
    const time = timeWords(until, door.zone, locale);
    return <Trans>until {time}</Trans>;
  }
  return <Trans>for the rest of the day</Trans>;
}

function Coming({ door }: { door: Door }): ReactNode {
  const locale = useLocale();
  const words = useBusyWords();
  const { current, next } = door.standing;
  const nextToday = next && door.left.includes(next) ? next : null;
  const time = nextToday && rangeWords(new Date(nextToday.start), new Date(nextToday.end), door.zone, locale).time;
  return (
    <div className={classes.coming}>
      {current && <p>{words(current)}</p>}
      {nextToday && (
        <p>
          <strong>
            <Trans>Next: {time}</Trans>
          </strong>{" "}
          {words(nextToday)}
        </p>
      )}
    </div>
  );
}

/** Answer what says why the resource is busy: a title and a name only where Berth tells them to this account. */
export function useBusyWords(): (busy: Busy) => string {
  const { t } = useLingui();
  return (busy) => {
    if (busy.kind === "blackout") return busy.reason ?? t`Closed`;
    return [busy.title, busy.owner?.name].filter(Boolean).join(" · ") || t`Reserved`;
  };
}
