import { wallClockAt, type WallClock } from "@/lib/time/wallClock";
import * as words from "./words";

/** A time of a day. */
export interface Time {
  hour: number;
  minute: number;
}

/** A wish in one line, as far as it was said. What was not said is absent. */
export interface Wish {
  /** How many people there has to be room for. */
  people?: number;
  /** How long. */
  minutes?: number;
  /** The day by the calendar. */
  day?: { year: number; month: number; day: number };
  /** When it starts, to the minute. */
  time?: Time;
  /** Between which hours it lies, where no exact time was said. */
  part?: { fromHour: number; untilHour: number };
  /** It starts at once. */
  now?: true;
  /** What is left: words of a name, a kind or a tag. */
  text?: string;
}

/** Before this, an hour without "am" or "pm" behind "at" means the afternoon: nobody meets at three in the night. */
const MORNING_HOUR_MIN = 7;

/** Answer what somebody wishes who typed this; `today` is what the clocks around them show. */
export function parseWish(typed: string, today: WallClock): Wish {
  const line = new Line(plain(typed));
  const wish: Wish = {};
  readDay(line, wish, today);
  readPart(line, wish);
  readSpokenLength(line, wish);
  readSpan(line, wish);
  readPeople(line, wish);
  readTime(line, wish);
  readLength(line, wish);
  if (wish.time === undefined && line.take(words.NOW)) wish.now = true;
  const text = line.rest.filter((one) => !words.NOISE.has(one)).join(" ");
  if (text) wish.text = text;
  return wish;
}

/** Tell whether anything but words to look for was understood: that is a wish, and no name of a page. */
export function isWish(wish: Wish): boolean {
  return [wish.people, wish.minutes, wish.day, wish.time, wish.part, wish.now].some((one) => one !== undefined);
}

/** What is not understood yet: each match is taken out of it. */
class Line {
  constructor(private left: string) {}

  /** Answer the first match that stands apart from other words, and take it out. */
  take(pattern: string): RegExpExecArray | null {
    const found = new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, "u").exec(this.left);
    if (found) this.left = `${this.left.slice(0, found.index)} , ${this.left.slice(found.index + found[0].length)}`;
    return found;
  }

  get rest(): string[] {
    return this.left.split(/[\s,;]+/u).filter((one) => /[\p{L}\p{N}]/u.test(one));
  }
}

/** Answer a text in small letters, without accents and with plain apostrophes and hyphens. */
export function plain(text: string): string {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[’ʼ]/gu, "'").replace(/[–—]/gu, "-");
}

function readDay(line: Line, wish: Wish, today: WallClock): void {
  // "mañana por la mañana" is tomorrow, in its morning: parts that say so are no day.
  const iso = line.take("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
  if (iso) wish.day = realDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  for (const [month, names] of words.MONTHS) {
    const found = !wish.day && (line.take(`(\\d{1,2})(?:er|st|nd|rd|th)? (?:of |de )?(?:${names})`) ?? line.take(`(?:${names}) (\\d{1,2})(?:st|nd|rd|th)?`));
    if (found) wish.day = nextDate(month, Number(found[1]), today);
  }
  for (const [days, names] of words.DAYS)
    if (!wish.day && line.take(`(?<!(?:por|de|en) la |esta )(?:${names})`)) wish.day = shifted(today, days);
  for (const [weekday, names] of words.WEEKDAYS)
    if (!wish.day && line.take(names)) wish.day = shifted(today, (weekday - weekdayOf(today) + 7) % 7);
}

function readPart(line: Line, wish: Wish): void {
  for (const [fromHour, untilHour, names] of words.PARTS) if (!wish.part && line.take(names)) wish.part = { fromHour, untilHour };
}

function readSpokenLength(line: Line, wish: Wish): void {
  const spoken = [[words.HOUR_AND_HALF, 90], [words.HALF_HOUR, 30], [words.ONE_HOUR, 60]] as const;
  for (const [names, minutes] of spoken) if (wish.minutes === undefined && line.take(names)) wish.minutes = minutes;
}

const TIME = "(\\d{1,2})(?:(?::|h)(\\d{2})| ?h)?(?: ?(am|pm))?";

/** A stretch from one time to another: "14:00-15:30", "de 14h à 16h", "from 2 to 4 pm". */
function readSpan(line: Line, wish: Wish): void {
  const found = line.take(`(?:(?:${words.AT}) )?${TIME} ?(?:${words.UNTIL}) ?${TIME}`);
  if (!found) return;
  const [, hour, minute, half, untilHour, untilMinute, untilHalf] = found;
  const end = timeOf(untilHour, untilMinute, untilHalf);
  const start = timeOf(hour, minute, half ?? untilHalf);
  if (!start || !end) return;
  const minutes = (end.hour - start.hour) * 60 + end.minute - start.minute;
  wish.time = start;
  wish.minutes = minutes > 0 ? minutes : minutes + 24 * 60;
}

function readPeople(line: Line, wish: Wish): void {
  const found = line.take(`(?:(?:${words.FOR}) )?(\\d{1,4}) ?(?:${words.PEOPLE})`) ?? line.take(`(?:${words.FOR}) (\\d{1,4})(?! ?(?:${words.HOURS}|${words.MINUTES})|[:h.,]\\d)`);
  if (found && Number(found[1]) > 0) wish.people = Number(found[1]);
}

function readTime(line: Line, wish: Wish): void {
  if (wish.time) return;
  if (line.take(words.NOON)) {
    wish.time = { hour: 12, minute: 0 };
    return;
  }
  const exact = line.take("(?:(?:" + words.AT + ") )?(\\d{1,2}):(\\d{2})(?: ?(am|pm))?(?! ?h)") ?? line.take("(?:(?:" + words.AT + ") )?(\\d{1,2})()() ?(am|pm)");
  const found = exact ?? line.take(`(?:${words.AT}) ${TIME}(?! ?(?:${words.MINUTES}|hours?|heures?|horas?))`);
  if (found) {
    const [, hour, minute, half, later] = found;
    const time = timeOf(hour, minute, half || later);
    const unsaid = !exact && !half && time && time.hour < MORNING_HOUR_MIN && time.hour > 0 && !minute;
    if (time) wish.time = unsaid ? { ...time, hour: time.hour + 12 } : time;
    return;
  }
  // "14h" alone is a time to those who write times so; "2h" is a length to everybody.
  const french = line.take("(0?[89]|1\\d|2[0-3])h(\\d{2})?");
  if (french) wish.time = timeOf(french[1], french[2], undefined);
}

function readLength(line: Line, wish: Wish): void {
  if (wish.minutes !== undefined) return;
  const both = line.take(`(\\d{1,2}) ?(?:${words.HOURS})(?: (?:and|et|y))? ?(\\d{1,2}) ?(?:${words.MINUTES})?`);
  const hours = both ?? line.take(`(\\d{1,3}(?:[.,]\\d{1,2})?) ?(?:${words.HOURS})`);
  const minutes = hours ?? line.take(`(\\d{1,4}) ?(?:${words.MINUTES})`);
  if (!minutes) return;
  const value = Number(minutes[1]!.replace(",", "."));
  const sum = both ? value * 60 + Number(both[2]) : hours ? Math.round(value * 60) : value;
  if (sum > 0) wish.minutes = sum;
}

function timeOf(hour: string | undefined, minute: string | undefined, half: string | undefined): Time | undefined {
  const said = Number(hour);
  const shown = half ? (said % 12) + (half === "pm" ? 12 : 0) : said;
  const time = { hour: shown, minute: Number(minute || 0) };
  return time.hour < 24 && time.minute < 60 ? time : undefined;
}

type Day = NonNullable<Wish["day"]>;

function realDay(year: number, month: number, day: number): Day | undefined {
  const real = new Date(Date.UTC(year, month - 1, day));
  return real.getUTCMonth() === month - 1 && real.getUTCDate() === day ? { year, month, day } : undefined;
}

function nextDate(month: number, day: number, today: WallClock): Day | undefined {
  const over = month < today.month || (month === today.month && day < today.day);
  return realDay(today.year + (over ? 1 : 0), month, day);
}

function shifted(today: WallClock, days: number): Day {
  const date = new Date(Date.UTC(today.year, today.month - 1, today.day + days));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function weekdayOf(day: Day): number {
  return new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay() || 7;
}

/** Answer the wish that a text holds for somebody in this zone at this instant. */
export function wishAt(typed: string, now: Date, zone: string): Wish {
  return parseWish(typed, wallClockAt(now, zone));
}
