import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useLocale } from "@/lib/i18n/useLocale";
import { lengthWords } from "@/lib/time/format";
import type { Wish } from "@/lib/wish/parse";
import type { IconName } from "@/ui/Icon";

/** A part of a wish as it was understood. */
export interface WishPart {
  icon: IconName;
  words: string;
}

/** Answer what says in words how a wish was understood; an hour that nobody asked for is said, too. */
export function useWishWords(): (wish: Wish, minutes: number) => WishPart[] {
  const { t } = useLingui();
  const locale = useLocale();
  const utc = (options: Intl.DateTimeFormatOptions, date: number) => new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options }).format(date);
  const clock = (hour: number, minute: number) => utc({ hour: "numeric", minute: "2-digit" }, Date.UTC(2001, 0, 1, hour, minute));
  return (wish, minutes) => {
    const parts: (WishPart | false)[] = [
      wish.text !== undefined && { icon: "search", words: `“${wish.text}”` },
      wish.people !== undefined && { icon: "person", words: t`${plural(wish.people, { one: "# person", other: "# people" })}` },
      wish.day !== undefined && {
        icon: "calendar",
        words: utc({ weekday: "long", day: "numeric", month: "long" }, Date.UTC(wish.day.year, wish.day.month - 1, wish.day.day)),
      },
      wish.now === true && { icon: "play", words: t`now` },
      wish.time !== undefined && { icon: "clock", words: t`at ${clock(wish.time.hour, wish.time.minute)}` },
      wish.part !== undefined && wish.time === undefined && { icon: "clock", words: t`between ${clock(wish.part.fromHour, 0)} and ${clock(wish.part.untilHour % 24, 0)}` },
      { icon: "hourglass", words: lengthWords(new Date(0), new Date(minutes * 60_000), locale) },
    ];
    return parts.filter((one) => one !== false);
  };
}
