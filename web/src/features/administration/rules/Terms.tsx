import { Trans, useLingui } from "@lingui/react/macro";
import { useLocale } from "@/lib/i18n/useLocale";
import { SiteDays } from "./SiteDays";
import { useChangeTerm } from "./terms/changeTerm";
import { useCreateTerm } from "./terms/createTerm";
import { useTerms } from "./terms/listTerms";
import { useRemoveTerm } from "./terms/removeTerm";

/** The terms of a site, with those of the sites above. */
export function Terms({ siteId }: { siteId: number }) {
  const { t } = useLingui();
  const locale = useLocale();
  const terms = useTerms(siteId);
  const creating = useCreateTerm();
  const changing = useChangeTerm();
  const removing = useRemoveTerm();
  const day = (text: string) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(text));
  const path = { site_id: siteId };
  return (
    <SiteDays
      listed={terms}
      words={{
        all: t`Terms`,
        none: t`No terms`,
        new: t`New term`,
        explained: <Trans>A term is a named stretch of days, such as an academic one. Quotas can be counted by it.</Trans>,
        remove: t`Remove the term`,
        removed: <Trans>Quotas are no longer counted by this term.</Trans>,
      }}
      columns={[
        { key: "first", title: t`First day`, cell: (one) => day(one.first_day) },
        { key: "last", title: t`Last day`, cell: (one) => day(one.last_day) },
      ]}
      lastDayFault={(last) => (last ? null : t`This is needed.`)}
      onCreate={(body) => creating.mutateAsync({ params: { path }, body })}
      onChange={(id, body) => changing.mutateAsync({ params: { path: { ...path, term_id: id } }, body })}
      onRemove={(id) => removing.mutateAsync({ params: { path: { ...path, term_id: id } } })}
    />
  );
}
