import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { idempotent } from "@/lib/api/client";
import { ProblemError } from "@/lib/api/problem";
import { isUndecided, newKey } from "@/lib/api/wishKey";
import { useLocale } from "@/lib/i18n/useLocale";
import { lengthWords, timeWords } from "@/lib/time/format";
import { tellDone, tellProblem } from "@/ui/notice/toast";
import { useCheckInOwn } from "./api/checkInOwn";
import { findStart } from "./api/findStart";
import { useReserve } from "./api/reserve";
import classes from "./door.module.css";
import { fits } from "./plan";
import type { Door } from "./useDoor";

const MINUTES = [15, 30, 60] as const;
/** Whoever stands at the door wants it now; a start later than this is no answer. */
const LATER_MS_MAX = 30 * 60_000;
const MINUTE_MS = 60_000;
/** So long a confirmation is waited for, as one that comes at once is followed by the check-in. */
const WAIT_SECONDS = 5;

/** Reserves from now on, for the account of the display, and checks in at once: whoever asks is there. */
export function ReserveButtons({ door, now }: { door: Door; now: Date }) {
  const { i18n, t } = useLingui();
  const locale = useLocale();
  const reserve = useReserve();
  const checkIn = useCheckInOwn();
  const taking = useMutation({
    mutationFn: async (minutes: number) => {
      const resource_id = door.resource.id;
      const start = await findStart(resource_id, minutes);
      if (!start || start.getTime() - Date.now() > LATER_MS_MAX) throw notNow(i18n._(NOT_SO_LONG));
      const take = (from: Date) => {
        const end = new Date(from.getTime() + minutes * MINUTE_MS).toISOString();
        const body = { resource_id, start: from.toISOString(), end, title: "" };
        return reserve.mutateAsync({ params: { header: { ...idempotent(newKey()), prefer: `wait=${WAIT_SECONDS}` } }, body });
      };
      // The minute that has begun may be reserved too, where the grid of starts allows: then the door is busy at once.
      const begun = new Date(start.getTime() - MINUTE_MS);
      const soon = start.getTime() - Date.now() < MINUTE_MS;
      const made = soon ? await take(begun).catch((error: unknown) => later(error, () => take(start))) : await take(start);
      const end = new Date(made.end);
      if (made.state !== "ready") return { made, end };
      // What is reserved is reserved, whether or not this is the time to check in.
      await checkIn.mutateAsync({ params: { path: { reservation_id: made.id } } }).catch(() => undefined);
      return { made, end };
    },
    onSuccess: ({ made, end }) => {
      const until = timeWords(end, door.zone, locale);
      tellDone(made.state === "pending" ? t`Asked for until ${until}; it waits to be confirmed.` : t`Reserved until ${until}.`);
    },
    onError: tellProblem,
  });
  if (door.standing.state !== "free") return null;
  return (
    <div className={classes.reserve} role="group" aria-label={t`Reserve from now`}>
      <span className={classes.reserveWord} aria-hidden>
        <Trans>Reserve</Trans>
      </span>
      {MINUTES.map((minutes) => (
        <Button
          key={minutes}
          className={classes.deed}
          variant="white"
          disabled={door.isSilent || taking.isPending || !fits(door.standing, now, minutes)}
          loading={taking.isPending && taking.variables === minutes}
          onClick={() => taking.mutate(minutes)}
        >
          {lengthWords(new Date(0), new Date(minutes * 60_000), locale)}
        </Button>
      ))}
    </div>
  );
}

const NOT_SO_LONG = msg`It cannot be reserved for so long now.`;

/** Take the second choice if the first was refused; what was not decided is not asked for twice. */
function later<Answer>(error: unknown, second: () => Promise<Answer>): Promise<Answer> {
  return isUndecided(error) ? Promise.reject(error) : second();
}

function notNow(detail: string): ProblemError {
  return new ProblemError({ type: "/problems/no-start", title: "", status: 409, detail });
}
