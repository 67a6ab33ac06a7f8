import { Plural, Trans } from "@lingui/react/macro";
import { useElementSize } from "@mantine/hooks";
import { useLocale } from "@/lib/i18n/useLocale";
import { dateWords, rangeWords, timeWords } from "@/lib/time/format";
import { Icon } from "@/ui/Icon";
import classes from "./door.module.css";
import { useBusyWords } from "./NowPanel";
import type { Door } from "./useDoor";

/** As in the style sheet, the gap included. */
const ROW_PIXELS = 64;

/** The clock of the resource's zone, and what is left of today; as many rows as there is room for, for nothing scrolls. */
export function PlanPanel({ door, now }: { door: Door; now: Date }) {
  const locale = useLocale();
  const words = useBusyWords();
  const { ref, height } = useElementSize();
  const room = Math.max(1, Math.floor(height / ROW_PIXELS));
  const shown = door.left.length > room ? door.left.slice(0, Math.max(1, room - 1)) : door.left;
  const more = door.left.length - shown.length;
  return (
    <section className={classes.plan} aria-labelledby="today">
      <div className={classes.clock}>
        <time dateTime={now.toISOString()}>{timeWords(now, door.zone, locale)}</time>
        <h2 id="today">{dateWords(now, door.zone, locale)}</h2>
      </div>
      <div className={classes.room} ref={ref}>
        {door.left.length === 0 && (
          <p className={classes.nothing}>
            <Trans>Nothing more today.</Trans>
          </p>
        )}
        <ul className={classes.rows}>
          {shown.map((one) => (
            <li key={one.start} className={classes.row} data-now={new Date(one.start) <= now || undefined}>
              <span className={classes.time}>{rangeWords(new Date(one.start), new Date(one.end), door.zone, locale).time}</span>
              <span className={classes.what}>{words(one)}</span>
            </li>
          ))}
          {more > 0 && (
            <li className={classes.more}>
              <Plural value={more} one="and # more" other="and # more" />
            </li>
          )}
        </ul>
      </div>
      {door.isSilent && <Silence door={door} />}
    </section>
  );
}

function Silence({ door }: { door: Door }) {
  const locale = useLocale();
  const since = timeWords(door.heardAt, door.zone, locale);
  return (
    <p className={classes.silence} role="alert">
      <Icon name="warning" size={28} />
      <span>
        <Trans>No connection since {since}. The plan is as it was then; it comes back by itself.</Trans>
      </span>
    </p>
  );
}
