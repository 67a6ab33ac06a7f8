import { Trans } from "@lingui/react/macro";
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { asProblem } from "@/lib/api/problem";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { useHolds } from "../api/listHolds";
import { HeldCard } from "../sale/HeldCard";
import { RoomCard } from "./RoomCard";
import { useRoom } from "./useRoom";

/** Has people wait until there is room for them, and shows the sale to who is inside. */
export function Room({ id, children }: { id: number; children: ReactNode }) {
  const room = useRoom(id);
  const place = room.read.data;
  if (!place && room.read.isError) return <ProblemAlert error={room.read.error} onRetry={() => void room.read.refetch()} />;
  if (!place) return <ListSkeleton rows={1} height={220} />;
  if (place.state === "open") return children;
  const refusal = room.joining.error ?? room.leaving.error;
  return (
    <Stack gap="md">
      <RoomCard place={place} isPending={room.joining.isPending || room.leaving.isPending} onJoin={room.join} onLeave={room.leave} />
      {refusal !== null && <ProblemAlert error={refusal} />}
      {room.read.isError && <Unasked error={room.read.error} />}
      {place.state === "admitted" ? children : <StillHeld id={id} />}
    </Stack>
  );
}

/** Says why it could not be asked how one stands. */
function Unasked({ error }: { error: unknown }) {
  if (asProblem(error).kind !== "offline") return <ProblemAlert error={error} />;
  return (
    <Text role="status" size="sm">
      <Trans>Berth was not reached just now. The page goes on trying.</Trans>
    </Text>
  );
}

/** What one holds stays one's own outside, too. */
function StillHeld({ id }: { id: number }) {
  const holds = useHolds(id);
  return (holds.data ?? []).map((one) => <HeldCard key={one.id} hold={one} readAt={holds.dataUpdatedAt} />);
}
