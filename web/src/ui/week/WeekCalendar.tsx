import { useLingui } from "@lingui/react/macro";
import { Text } from "@mantine/core";
import type { MouseEvent, ReactNode } from "react";
import { useLocale } from "@/lib/i18n/useLocale";
import { rangeWords } from "@/lib/time/format";
import { useNow } from "@/lib/time/useNow";
import { instantOf, wallClockAt } from "@/lib/time/wallClock";
import { DAY_MINUTES, type Day, minuteOf, segmentsOf } from "./layout";
import "./week.css";

/** How a stretch of a week looks; each look has its word, too. */
export type StretchKind = "own" | "taken" | "blocked" | "closed";

/** What occupies a stretch of the week. */
export interface Stretch {
  key: string;
  start: Date;
  end: Date;
  kind: StretchKind;
  label: string;
  /** Stands below the label, such as where it comes from. */
  note?: string;
  /** Shows the label as a link to more. */
  link?: (label: ReactNode) => ReactNode;
}

interface Props {
  days: readonly Day[];
  zone: string;
  stretches: readonly Stretch[];
  /** The hours that are shown at least. */
  fromHour?: number;
  untilHour?: number;
  /** Is told of a free half hour that was clicked. */
  onPick?: (start: Date) => void;
  /** What is said of a day on which there is nothing, unless that nothing is reserved. */
  nothing?: string;
}

const HOUR_PX = 44;
const STEP_MINUTES = 30;

/** A week of one resource: seven columns on a wide screen and on paper, a list of days on a phone. */
export function WeekCalendar(props: Props) {
  return (
    <>
      <Grid {...props} />
      <DayList {...props} />
    </>
  );
}

function Grid({ days, zone, stretches, fromHour = 7, untilHour = 20, onPick }: Props) {
  const locale = useLocale();
  const now = useNow(60_000);
  const placed = stretches.flatMap((stretch) => segmentsOf(stretch.start, stretch.end, days, zone).map((segment) => ({ stretch, segment })));
  const real = placed.filter(({ stretch }) => stretch.kind !== "closed").map(({ segment }) => segment);
  const first = Math.min(fromHour, ...real.map((one) => Math.floor(one.fromMinute / 60))) * 60;
  const last = Math.max(untilHour, ...real.map((one) => Math.ceil(one.untilMinute / 60))) * 60;
  const place = (from: number, until: number) => ({ top: `${((from - first) / 60) * HOUR_PX}px`, height: `${((until - from) / 60) * HOUR_PX}px` });
  const pick = (day: Day) => (event: MouseEvent<HTMLDivElement>) => {
    if (!onPick || event.target !== event.currentTarget) return;
    const minute = Math.floor(((event.nativeEvent.offsetY / HOUR_PX) * 60 + first) / STEP_MINUTES) * STEP_MINUTES;
    onPick(instantOf({ ...wallClockAt(day.start, zone), hour: Math.floor(minute / 60), minute: minute % 60 }, zone));
  };
  return (
    <div className="week-grid">
      <div className="week-hours" aria-hidden>
        {hours(first, last).map((minute) => (
          <span key={minute} style={{ top: place(minute, minute).top }}>
            {clockWords(minute, locale)}
          </span>
        ))}
      </div>
      {days.map((day, index) => (
        <section key={day.key} aria-label={dayWords(day, locale, "long")}>
          <Text className="week-day" size="sm" fw={600} data-today={day.start <= now && now < day.end ? true : undefined}>
            {dayWords(day, locale, "short")}
          </Text>
          <div className="week-column" style={{ height: place(first, last).height }} data-pickable={onPick ? true : undefined} onClick={pick(day)}>
            {placed
              .filter(({ segment }) => segment.day === index && segment.untilMinute > first && segment.fromMinute < last)
              .map(({ stretch, segment }) => (
                <div
                  key={stretch.key}
                  className="week-stretch"
                  data-kind={stretch.kind}
                  style={place(Math.max(first, segment.fromMinute), Math.min(last, segment.untilMinute))}
                >
                  <StretchWords stretch={stretch} zone={zone} locale={locale} />
                </div>
              ))}
            {day.start <= now && now < day.end && minuteOf(now, zone) >= first && minuteOf(now, zone) < last && (
              <div className="week-now" style={{ top: place(minuteOf(now, zone), minuteOf(now, zone)).top }} />
            )}
          </div>
        </section>
      ))}
    </div>
  );
}

function StretchWords({ stretch, zone, locale }: { stretch: Stretch; zone: string; locale: string }) {
  if (stretch.kind === "closed") return <span className="week-closed-word">{stretch.label}</span>;
  const { time } = rangeWords(stretch.start, stretch.end, zone, locale);
  return (
    <>
      <strong>{stretch.link ? stretch.link(stretch.label) : stretch.label}</strong>
      <span>{time}</span>
      {stretch.note && <span>{stretch.note}</span>}
    </>
  );
}

function DayList({ days, zone, stretches, nothing }: Props) {
  const { t } = useLingui();
  const locale = useLocale();
  const busy = stretches.filter((one) => one.kind !== "closed");
  return (
    <ul className="week-list">
      {days.map((day) => {
        const there = busy.filter((one) => one.start < day.end && one.end > day.start);
        const isClosed = stretches.some((one) => one.kind === "closed" && one.start <= day.start && one.end >= day.end);
        return (
          <li key={day.key}>
            <Text fw={600}>{dayWords(day, locale, "long")}</Text>
            {there.length === 0 && <Text c="dimmed">{isClosed ? t`Closed` : (nothing ?? t`Nothing reserved`)}</Text>}
            {there.map((one) => (
              <div key={one.key} className="week-row" data-kind={one.kind}>
                <StretchWords stretch={one} zone={zone} locale={locale} />
              </div>
            ))}
          </li>
        );
      })}
    </ul>
  );
}

function hours(first: number, last: number): number[] {
  return Array.from({ length: (last - first) / 60 }, (_, hour) => first + hour * 60).filter((minute) => minute < DAY_MINUTES);
}

function clockWords(minute: number, locale: string): string {
  const clock = new Intl.DateTimeFormat(locale, { timeZone: "UTC", hour: "numeric", minute: "2-digit" });
  return clock.format(Date.UTC(2001, 0, 1, 0, minute));
}

function dayWords(day: Day, locale: string, length: "short" | "long"): string {
  const [year, month, dayOfMonth] = day.key.split("-").map(Number) as [number, number, number];
  const words = new Intl.DateTimeFormat(locale, { timeZone: "UTC", weekday: length, day: "numeric", month: length === "long" ? "long" : "numeric" });
  return words.format(Date.UTC(year, month - 1, dayOfMonth));
}
