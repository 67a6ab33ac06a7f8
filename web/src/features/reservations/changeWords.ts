import { useLingui } from "@lingui/react/macro";

/** Answer what names a change of a reservation in words; what has none is shown as Berth calls it. */
export function useChangeWords(): (what: string) => string {
  const { t } = useLingui();
  const words: Record<string, string> = {
    created: t`Reserved`,
    confirmed: t`Confirmed`,
    asked: t`Change asked for`,
    changed: t`Changed`,
    "change refused": t`Change refused`,
    missed: t`Nobody came`,
    reminded: t`Approvers reminded`,
    escalated: t`Handed to other approvers`,
    cancelled: t`Cancelled`,
    started: t`Checked in`,
    finished: t`Finished`,
    expired: t`Expired`,
  };
  return (what) => words[what] ?? what.replaceAll("_", " ");
}
