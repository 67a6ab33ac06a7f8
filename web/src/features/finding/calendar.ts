import type { components } from "@generated/schema";
import { useMutationState } from "@tanstack/react-query";
import { useMemo } from "react";
import { useMe } from "@/lib/api/readMe";
import { CREATING } from "@/ui/reserve/api/createReservation";
import { CHANGING } from "./api/changeReservation";
import { blocksOf, byResource, type Change, type Creation, rulesOf, withHopes } from "./timeline/geometry/blocks";

interface Sent {
  params?: { path?: { reservation_id?: number } };
  body?: { start?: string; end?: string; resource_ids?: readonly number[] | null; title?: string };
}

/** Answer the blocks and rules of each row, with what was sent and not answered yet: a refusal undoes it by itself. */
export function useCalendar(pages: readonly components["schemas"]["BusyPage"][] | undefined) {
  const me = useMe().data?.id;
  const changes = useSent(CHANGING);
  const creations = useSent(CREATING);
  const known = useMemo(() => blocksOf(pages?.flatMap((page) => page.items) ?? [], me), [pages, me]);
  const rules = useMemo(() => rulesOf(pages?.[0]?.hours ?? []), [pages]);
  const blocks = useMemo(
    () => byResource(withHopes(known, changes.flatMap(changeOf), creations.flatMap(creationOf))),
    [known, changes, creations],
  );
  return { blocks, rules };
}

function useSent(mutationKey: readonly string[]): Sent[] {
  return useMutationState({
    filters: { mutationKey: [...mutationKey], status: "pending" },
    select: (one) => (one.state.variables ?? {}) as Sent,
  });
}

function changeOf({ params, body }: Sent): Change[] {
  const reservationId = params?.path?.reservation_id;
  if (reservationId === undefined || !body?.start || !body.end) return [];
  return [{ reservationId, start: Date.parse(body.start), end: Date.parse(body.end), resourceIds: body.resource_ids ?? null }];
}

function creationOf({ body }: Sent): Creation[] {
  if (!body?.start || !body.end || !body.resource_ids) return [];
  return [{ resourceIds: body.resource_ids, start: Date.parse(body.start), end: Date.parse(body.end), title: body.title ?? "" }];
}
