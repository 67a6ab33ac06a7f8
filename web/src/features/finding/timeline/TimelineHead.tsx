import { useLingui } from "@lingui/react/macro";
import { memo } from "react";
import { useLocale } from "@/lib/i18n/useLocale";
import { zoneWords } from "@/lib/time/format";
import { type Axis, instantAt } from "./geometry/axis";
import type { Layout } from "./geometry/layout";

/** The clock above a timeline: its hours, and its days if it has several. */
export const TimelineHead = memo(function TimelineHead({ axis, layout }: { axis: Axis; layout: Layout }) {
  const { t } = useLingui();
  const locale = useLocale();
  const isWeek = axis.days > 1;
  const every = isWeek ? 360 : 60;
  const hour = new Intl.DateTimeFormat(locale, { timeZone: axis.zone, hour: "numeric", ...(isWeek ? {} : { minute: "2-digit" }) });
  const day = new Intl.DateTimeFormat(locale, { timeZone: axis.zone, weekday: "short", day: "numeric", month: "short" });
  const place = zoneWords(axis.zone);
  const ticks = Array.from({ length: axis.minutes / every }, (_, tick) => tick * every);
  return (
    <div role="row" aria-rowindex={1} className="timeline-head" style={{ height: layout.head }}>
      <div role="columnheader" className="timeline-corner" style={{ width: layout.side }}>
        {t`${place} time`}
      </div>
      <div role="columnheader" className="timeline-clock" style={{ width: axis.minutes * layout.minute }}>
        {axis.starts.slice(0, -1).map((start, index) => (
          <span key={start} className="timeline-day" style={{ left: index * 1440 * layout.minute, width: 1440 * layout.minute }}>
            <span style={{ left: layout.side }}>{day.format(start)}</span>
          </span>
        ))}
        {ticks.map((minute) => (
          <span key={minute} className="timeline-hour" style={{ left: minute * layout.minute }}>
            {hour.format(hourAt(axis, minute))}
          </span>
        ))}
      </div>
    </div>
  );
});

/** Answer an instant at which clocks show this hour of the axis; on the day on which it is missing, the one behind. */
function hourAt(axis: Axis, minute: number): number {
  return instantAt(axis, minute);
}
