import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type FormEvent, useRef, useState } from "react";
import { idempotent } from "@/lib/api/client";
import { isUndecided, newKey } from "@/lib/api/wishKey";
import { tellDone } from "@/ui/notice/toast";
import { useCreateReservation } from "./api/createReservation";
import { OwnerField } from "./OwnerField";
import { Pending } from "./Pending";
import { Refusal } from "./Refusal";
import { ResourcesField } from "./ResourcesField";
import { spanFields, spanOf, TimeSpanFields } from "./TimeSpanFields";
import type { Reserved, Wish } from "./wish";

const TITLE_LENGTH_MAX = 200;
/** How long an answer may wait for what confirms a reservation. */
const WAIT_SECONDS = 5;

interface Props {
  /** What is wished for at first; null while the dialogue is closed. */
  wish: Wish | null;
  onClose: () => void;
  /** Is told of what was reserved, pending or ready. */
  onReserved?: (reservation: Reserved) => void;
}

/** Asks for what a reservation needs, makes it, and says how it stands or why it was refused. */
export function ReserveDialog({ wish, onClose, onReserved }: Props) {
  const phone = useMediaQuery("(max-width: 36em)");
  return (
    <Modal.Root opened={wish !== null} onClose={onClose} centered={!phone} fullScreen={phone}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body p="lg">
          {wish && <ReserveForm first={wish} onClose={onClose} onReserved={onReserved} />}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function ReserveForm({ first, onClose, onReserved }: { first: Wish } & Omit<Props, "wish">) {
  const { t } = useLingui();
  const { resources, setResources, span, setSpan, title, setTitle, ownerId, setOwnerId, zone, adopt } = useFields(first);
  const { create, refused, made } = useMaking(ownerId, onReserved);
  const times = spanOf(span, zone);
  const wish = times && { resources, title, ...times };
  const send = (one: Wish) => void create.send(one, onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wish && resources.length > 0) send(wish);
  };
  const take = (one: Wish) => {
    adopt(one);
    send(one);
  };
  return (
    <Stack>
      <Modal.Title fz="h2" fw={650}>
        {made ? t`Reserved, with something left to settle` : t`Reserve`}
      </Modal.Title>
      {made ? (
        <Pending reservation={made} onClose={onClose} />
      ) : (
        <form onSubmit={submit}>
          <Stack>
            {refused && <Refusal error={refused.error} wish={refused.wish} onTake={take} />}
            <TextInput data-autofocus label={t`Title`} placeholder={t`Such as: seminar`} maxLength={TITLE_LENGTH_MAX} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
            <ResourcesField value={resources} onChange={setResources} />
            <TimeSpanFields value={span} zone={zone} onChange={setSpan} />
            <OwnerField value={ownerId} onChange={setOwnerId} />
            {create.isLong && (
              <Text size="sm" c="dimmed" role="status">
                <Trans>The time is kept for you; waiting for its confirmation …</Trans>
              </Text>
            )}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                <Trans>Back</Trans>
              </Button>
              <Button type="submit" loading={create.isPending} disabled={!wish || resources.length === 0}>
                <Trans>Reserve</Trans>
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Stack>
  );
}

function useFields(first: Wish) {
  const [resources, setResources] = useState([...first.resources]);
  const [title, setTitle] = useState(first.title ?? "");
  const [ownerId, setOwnerId] = useState<number | null>(null);
  const zone = (resources[0] ?? first.resources[0])?.timezone ?? "UTC";
  const [span, setSpan] = useState(() => spanFields(first.start, first.end, zone));
  const adopt = (one: Wish) => {
    setResources([...one.resources]);
    setSpan(spanFields(one.start, one.end, one.resources[0]?.timezone ?? zone));
  };
  return { resources, setResources, span, setSpan, title, setTitle, ownerId, setOwnerId, zone, adopt };
}

function useMaking(ownerId: number | null, onReserved?: (one: Reserved) => void) {
  const { t } = useLingui();
  const creating = useCreateReservation();
  const [refused, setRefused] = useState<{ error: unknown; wish: Wish } | null>(null);
  const [made, setMade] = useState<Reserved | null>(null);
  const [isLong, setLong] = useState(false);
  const unanswered = useRef<{ said: string; key: string } | null>(null);
  const send = async (wish: Wish, onReady: () => void) => {
    setRefused(null);
    const body = {
      resource_ids: wish.resources.map((one) => one.id),
      start: wish.start.toISOString(),
      end: wish.end.toISOString(),
      title: wish.title?.trim() ?? "",
      owner_id: ownerId,
    };
    const said = JSON.stringify(body);
    const key = unanswered.current?.said === said ? unanswered.current.key : newKey();
    unanswered.current = null;
    const long = setTimeout(() => setLong(true), 900);
    try {
      const reserved = await creating.mutateAsync({
        params: { header: { ...idempotent(key), prefer: `wait=${WAIT_SECONDS}` } },
        body,
      });
      onReserved?.(reserved);
      if (reserved.state === "pending" || reserved.state === "held") return setMade(reserved);
      tellDone(t`Reserved.`);
      onReady();
    } catch (error) {
      if (isUndecided(error)) unanswered.current = { said, key };
      setRefused({ error, wish });
    } finally {
      clearTimeout(long);
      setLong(false);
    }
  };
  return { create: { send, isPending: creating.isPending, isLong }, refused, made };
}
