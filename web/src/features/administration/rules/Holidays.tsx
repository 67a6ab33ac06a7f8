import { Trans, useLingui } from "@lingui/react/macro";
import { useLocale } from "@/lib/i18n/useLocale";
import { SiteDays, type Stated } from "./SiteDays";
import { useChangeHoliday } from "./holidays/changeHoliday";
import { useCreateHoliday } from "./holidays/createHoliday";
import { useHolidays } from "./holidays/listHolidays";
import { useRemoveHoliday } from "./holidays/removeHoliday";

/** The holidays of a site, with those of the sites above. */
export function Holidays({ siteId }: { siteId: number }) {
  const { t } = useLingui();
  const locale = useLocale();
  const holidays = useHolidays(siteId);
  const creating = useCreateHoliday();
  const changing = useChangeHoliday();
  const removing = useRemoveHoliday();
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const path = { site_id: siteId };
  const body = (stated: Stated) => ({ ...stated, last_day: stated.last_day || null });
  return (
    <SiteDays
      listed={holidays}
      words={{
        all: t`Holidays`,
        none: t`No holidays`,
        new: t`New holiday`,
        explained: (
          <Trans>Series that are made from now on pass over holidays. Single reservations can still be made on them.</Trans>
        ),
        remove: t`Remove the holiday`,
        removed: <Trans>Series that are made from now on take place on these days, too.</Trans>,
      }}
      columns={[
        { key: "days", title: t`Days`, cell: (one) => days.formatRange(new Date(one.first_day), new Date(one.last_day)) },
      ]}
      lastDayFault={(last, { first_day }) => (last && last < first_day ? t`The last day must not lie before the first.` : null)}
      lastDayHint={t`Only if it lasts longer than a day`}
      onCreate={(stated) => creating.mutateAsync({ params: { path }, body: body(stated) })}
      onChange={(id, stated) => changing.mutateAsync({ params: { path: { ...path, holiday_id: id } }, body: body(stated) })}
      onRemove={(id) => removing.mutateAsync({ params: { path: { ...path, holiday_id: id } } })}
    />
  );
}
