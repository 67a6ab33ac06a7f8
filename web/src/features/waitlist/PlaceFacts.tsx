import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Text } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";
import { lengthWords } from "@/lib/time/format";
import { TimeRange } from "@/ui/TimeRange";
import type { Place } from "@/ui/waitlist/wait";
import { useSites } from "./api/listSites";

const NAMES_MAX = 3;
const MINUTE_MS = 60_000;

/** Answer what somebody waits for, in a line: names, or the words of a search. */
export function useWhatWords(one: Place): string {
  const { t } = useLingui();
  const search = one.any_of;
  const sites = useSites(search?.site_id != null).data?.items;
  if (!search) return one.resources.map((each) => each.name).join(", ");
  const place = sites?.find((each) => each.id === search.site_id)?.name;
  const words = [search.text && `“${search.text}”`, search.kind, place, ...search.tags].filter(Boolean).join(", ");
  return words ? t`Any one that fits: ${words}` : t`Anything that is free`;
}

/** What somebody waits for, when, and with how many. What is offered or reserved by now is told elsewhere. */
export function PlaceFacts({ place: one, withoutWhat = false }: { place: Place; withoutWhat?: boolean }) {
  const { t } = useLingui();
  const locale = useLocale();
  const what = useWhatWords(one);
  const length = one.minutes !== null && lengthWords(new Date(0), new Date(one.minutes * MINUTE_MS), locale);
  const names = one.resources.slice(0, NAMES_MAX).map((each) => each.name).join(", ");
  return (
    <div>
      {!withoutWhat && <Text>{what}</Text>}
      {one.any_of && names && (
        <Text size="sm" c="dimmed">
          {one.resources.length > NAMES_MAX ? <Trans>Such as {names} and others</Trans> : <Trans>Such as {names}</Trans>}
        </Text>
      )}
      {length && (
        <Text>
          <Trans>{length}, at any time within:</Trans>
        </Text>
      )}
      <TimeRange start={one.start} end={one.end} zone={one.resources[0]?.timezone ?? "UTC"} />
      {one.people > 1 && <Text size="sm">{t`${plural(one.people, { one: "# person", other: "# people" })}`}</Text>}
    </div>
  );
}
