import type { components } from "@generated/schema";
import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Stack, Text } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";
import { instantWords, lengthWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { PagedTable } from "@/ui/table/PagedTable";
import { TimeRange } from "@/ui/TimeRange";
import { useLine } from "./api/listLine";
import { useTakeOut } from "./api/takeOut";

type Place = components["schemas"]["WaitlistEntryShown"];

const MINUTE_MS = 60_000;

/** Everybody who waits for a resource, in the order in which it is offered to them. */
export function Line({ resourceId, zone }: { resourceId: number; zone: string }) {
  const { t } = useLingui();
  const line = useLine(resourceId);
  const columns = [
    { key: "who", title: t`Who`, cell: (one: Place) => <Who place={one} /> },
    { key: "when", title: t`When`, cell: (one: Place) => <When place={one} zone={zone} /> },
    { key: "state", title: t`How it stands`, cell: (one: Place) => <Stands place={one} /> },
    { key: "since", title: t`Since`, cell: (one: Place) => <Since at={one.created_at} /> },
    { key: "deeds", title: t`Deeds`, kind: "action" as const, cell: (one: Place) => <TakeOut place={one} /> },
  ];
  return (
    <PagedTable
      label={t`Who waits`}
      list={line}
      columns={columns}
      rowKey={(one) => one.id}
      empty={
        <EmptyState icon="clock" title={t`Nobody waits for it`}>
          <Trans>Whoever finds it taken can join the waitlist, and stands here in order.</Trans>
        </EmptyState>
      }
    />
  );
}

function Who({ place: one }: { place: Place }) {
  const { t } = useLingui();
  return (
    <Stack gap={0}>
      <Text fw={600}>{one.owner.name}</Text>
      {one.title && <Text size="sm">{one.title}</Text>}
      {one.people > 1 && <Text size="sm">{t`${plural(one.people, { one: "# person", other: "# people" })}`}</Text>}
      {one.any_of && (
        <Text size="sm" c="dimmed">
          <Trans>Or another that fits</Trans>
        </Text>
      )}
    </Stack>
  );
}

function When({ place: one, zone }: { place: Place; zone: string }) {
  const locale = useLocale();
  const length = one.minutes !== null && lengthWords(new Date(0), new Date(one.minutes * MINUTE_MS), locale);
  const when = one.offer ?? one;
  return (
    <div>
      {length && !one.offer && (
        <Text size="sm">
          <Trans>{length}, at any time within:</Trans>
        </Text>
      )}
      <TimeRange start={when.start} end={when.end} zone={zone} />
    </div>
  );
}

function Stands({ place: one }: { place: Place }) {
  const locale = useLocale();
  const zone = useViewerZone();
  if (one.offer)
    return (
      <Text>
        <Trans>Offered, to be answered by {instantWords(new Date(one.offer.expires_at), zone, locale)}</Trans>
      </Text>
    );
  return (
    <Text>
      <Trans>Number {one.position ?? "–"} in line</Trans>
    </Text>
  );
}

function Since({ at }: { at: string }) {
  const locale = useLocale();
  const zone = useViewerZone();
  return <Text>{instantWords(new Date(at), zone, locale)}</Text>;
}

function TakeOut({ place: one }: { place: Place }) {
  const { t } = useLingui();
  const taking = useTakeOut();
  const take = () => taking.mutateAsync({ params: { path: { entry_id: one.id } } }).then(() => tellDone(t`${one.owner.name} is not in line any more.`));
  return (
    <ConfirmButton
      size="compact-md"
      aria-label={t`Take out ${one.owner.name}`}
      question={t`Take ${one.owner.name} out of the line?`}
      consequence={<Trans>The place is given up, and what was offered goes to the next. Berth tells {one.owner.name} nothing: say it yourself.</Trans>}
      deed={t`Take out of the line`}
      busy={taking.isPending}
      onConfirm={take}
      more={taking.isError && <ProblemAlert error={taking.error} />}
    >
      <Trans>Take out</Trans>
    </ConfirmButton>
  );
}
