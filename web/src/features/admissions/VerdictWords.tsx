import { Trans, useLingui } from "@lingui/react/macro";
import { useLocale } from "@/lib/i18n/useLocale";
import { machineZone, timeWords } from "@/lib/time/format";
import { Icon } from "@/ui/Icon";
import classes from "./admissions.module.css";
import type { Judged } from "./judging";
import type { Said } from "./useAdmissions";

/** What the door says of the last ticket, to be seen from an arm's length and heard. */
export function LastVerdict({ said }: { said: Said | null }) {
  return (
    <div className={classes.verdict} data-verdict={said?.verdict} role="status" aria-live="assertive" aria-atomic>
      {said === null ? (
        <p className={classes.large}>
          <Trans>Show a ticket</Trans>
        </p>
      ) : (
        <div key={said.turn} className={classes.said}>
          <Icon name={said.verdict === "admitted" ? "check" : "cross"} size={96} />
          <p className={classes.large}>{said.verdict === "admitted" ? <Trans>Come in</Trans> : <Trans>Not let in</Trans>}</p>
          {said.seat !== null && <p className={classes.seat}>{said.seat}</p>}
          <p>
            <VerdictWords judged={said} />
          </p>
          <p className={classes.code}>{said.code}</p>
        </div>
      )}
    </div>
  );
}

/** Why somebody is not let in. */
export function VerdictWords({ judged }: { judged: Judged }) {
  const { t } = useLingui();
  const locale = useLocale();
  const at = judged.admitted_at && timeWords(new Date(judged.admitted_at), machineZone(), locale);
  switch (judged.verdict) {
    case "admitted":
      return null;
    case "admitted_already":
      return at ? t`Somebody came in by this ticket at ${at}.` : t`Somebody came in by this ticket.`;
    case "void":
      return t`This ticket was cancelled.`;
    case "other_performance":
      return t`This ticket is for another performance.`;
    case "unknown":
      return t`No ticket has this code.`;
    case "unlisted":
      return t`This code is not on the list that is kept here.`;
  }
}
