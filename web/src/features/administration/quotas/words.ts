import type { components } from "@generated/schema";
import { useLingui } from "@lingui/react/macro";
import { useLocale } from "@/lib/i18n/useLocale";
import { useSites } from "../pickers/api/listSites";
import { usePeople } from "../pickers/api/readPerson";
import { ROLES } from "../pickers/roles";

type Allowance = components["schemas"]["AllowanceShown"];

/** Answer how an amount is said: hours and minutes, or a number of reservations. */
export function useAmountWords(): (unit: Allowance["unit"], amount: number) => string {
  const { t } = useLingui();
  const locale = useLocale();
  const number = (value: number, unit: string) =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(value);
  return (unit, amount) => {
    if (unit === "count") return t`${new Intl.NumberFormat(locale).format(amount)} reservations`;
    const [hours, minutes] = [Math.trunc(amount / 60), amount % 60];
    const parts = [hours && number(hours, "hour"), minutes && number(minutes, "minute")].filter(Boolean);
    return parts.join(" ") || number(0, "hour");
  };
}

/** Answer how periods are said. */
export function usePeriodWords(): Record<Allowance["per"], string> {
  const { t } = useLingui();
  return { day: t`a day`, week: t`a week`, month: t`a month`, term: t`a term` };
}

/** Answer of which resources something is, in words. */
export function useOfWords(): (one: { kind: string | null; tag: string | null; site_id: number | null }) => string {
  const { t } = useLingui();
  const sites = useSites().data?.items ?? [];
  return ({ kind, tag, site_id }) => {
    const place = sites.find((one) => one.id === site_id)?.path.join(" / ") ?? String(site_id);
    const parts = [kind, tag && t`with ${tag}`, site_id !== null && t`in ${place}`].filter(Boolean);
    return parts.join(", ") || t`Everything`;
  };
}

/** Answer for whom an allowance is, in words. */
export function useForWords(allowance: Allowance): string {
  const { t, i18n } = useLingui();
  const [person] = usePeople(allowance.person_id === null ? [] : [allowance.person_id]);
  if (allowance.person_id !== null) return person?.name ?? `#${allowance.person_id}`;
  const who = allowance.role ? i18n._(ROLES[allowance.role]) : t`Everybody but administrators`;
  return allowance.shared ? t`${who}, together` : who;
}
