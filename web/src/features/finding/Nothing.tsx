import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { EmptyState } from "@/ui/notice/EmptyState";
import { useWait } from "@/ui/waitlist/useWait";
import type { Wait } from "@/ui/waitlist/wait";
import { useSites } from "./api/listSites";
import { FILTERS, type FindSearch } from "./search";

const route = getRouteApi("/signed-in/find");

/** Stands where nothing was found: what to ask for instead and, if a time was asked for, the line to wait in. */
export function Nothing({ wanted }: { wanted: FindSearch }) {
  const { t } = useLingui();
  const navigate = route.useNavigate();
  const waiting = useWait();
  const wait = useWaitFor(wanted);
  if (FILTERS.every((one) => wanted[one] === undefined))
    return (
      <EmptyState icon="search" title={t`There is nothing to reserve yet`}>
        <Trans>An administrator adds rooms, desks and other things; then they are found here.</Trans>
      </EmptyState>
    );
  const all = (
    <Button variant={wait ? "default" : undefined} onClick={() => void navigate({ search: ({ view, span, day }) => ({ view, span, day }) })}>
      <Trans>Look for everything</Trans>
    </Button>
  );
  if (!wait)
    return (
      <EmptyState icon="search" title={t`Nothing fits`} action={all}>
        <Trans>Ask for less: another time, fewer people, another place or fewer tags.</Trans>
      </EmptyState>
    );
  return (
    <>
      <EmptyState
        icon="search"
        title={t`Nothing is free then`}
        action={
          <Group gap="sm" justify="center" mt="xs">
            <Button onClick={() => waiting.open(wait)}>
              <Trans>Join the waitlist</Trans>
            </Button>
            {all}
          </Group>
        }
      >
        <Trans>
          Ask for another time or for less, or wait: the first that fits and becomes free is offered to you. Who only wants to be told
          saves the search.
        </Trans>
      </EmptyState>
      {waiting.dialog}
    </>
  );
}

/** Answer what one could wait for: any that fits, in the time that was asked for; nothing where none was. */
function useWaitFor(wanted: FindSearch): Wait | null {
  const { t } = useLingui();
  const { text, kind, tags = [], site, capacity, from, until, minutes } = wanted;
  const place = useSites().data?.items.find((one) => one.id === site)?.name;
  if (!from || !until) return null;
  const words = [
    text && `“${text}”`,
    kind,
    place,
    capacity && t`${plural(capacity, { one: "# person", other: "# people" })}`,
    ...tags,
  ];
  return {
    resources: [],
    search: { text, kind, tags, site_id: site, capacity_min: capacity },
    words: words.filter((one) => typeof one === "string"),
    start: new Date(from),
    end: new Date(until),
    minutes,
    people: capacity,
  };
}
