import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { idempotent } from "@/lib/api/client";
import { WishKeys } from "@/lib/api/wishKey";
import { tellDone } from "@/ui/notice/toast";
import type { Wait } from "../waitlist/wait";
import { WaitForm } from "../waitlist/WaitForm";
import { useCreateReservation } from "./api/createReservation";
import { OwnerField } from "./OwnerField";
import { Pending } from "./Pending";
import { Refusal } from "./Refusal";
import { MadeSeries } from "./repeat/MadeSeries";
import { NotMade } from "./repeat/NotMade";
import { PreviewList } from "./repeat/PreviewList";
import { RepeatFields } from "./repeat/RepeatFields";
import { type Repeating, useRepeating } from "./repeat/useRepeating";
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
  const fields = useFields(first);
  const { create, refused, made } = useMaking(fields.ownerId, onReserved);
  const [waiting, setWaiting] = useState<Wait | null>(null);
  const { resources, title, zone, span, ownerId } = fields;
  const times = spanOf(span, zone);
  const repeating = useRepeating({ resources, times, firstDay: span.start.date, ownerId });
  const wish = times && { resources, title, ...times };
  const send = (one: Wish) => void create.send(one, onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (repeating.isOn) void (repeating.canSend && repeating.send(title));
    else if (wish && resources.length > 0) send(wish);
  };
  const take = (one: Wish) => {
    fields.adopt(one);
    send(one);
  };
  const series = repeating.making.made;
  // Who waits, waits for oneself; what was refused to somebody else is not to be had this way.
  const wait = ownerId === null && refused ? () => setWaiting({ ...refused.wish }) : undefined;
  if (waiting) return <WaitForm wait={waiting} onBack={() => setWaiting(null)} onClose={onClose} />;
  return (
    <Stack>
      <Modal.Title fz="h2" fw={650}>
        {made ? t`Reserved, with something left to settle` : t`Reserve`}
      </Modal.Title>
      {made && <Pending reservation={made} onClose={onClose} />}
      {series && <MadeSeries series={series} onClose={onClose} />}
      {!made && !series && (
        <form onSubmit={submit}>
          <Stack>
            {refused && !repeating.isOn && <Refusal error={refused.error} wish={refused.wish} onTake={take} onWait={wait} />}
            <Fields fields={fields} repeating={repeating} />
            {create.isLong && (
              <Text size="sm" c="dimmed" role="status">
                <Trans>The time is kept for you; waiting for its confirmation …</Trans>
              </Text>
            )}
            <Buttons repeating={repeating} isPending={create.isPending} canSend={Boolean(wish) && resources.length > 0} onClose={onClose} />
          </Stack>
        </form>
      )}
    </Stack>
  );
}

function Fields({ fields, repeating }: { fields: ReturnType<typeof useFields>; repeating: Repeating }) {
  const { t } = useLingui();
  const { resources, setResources, span, setSpan, title, setTitle, ownerId, setOwnerId, zone } = fields;
  return (
    <>
      <TextInput data-autofocus label={t`Title`} placeholder={t`Such as: seminar`} maxLength={TITLE_LENGTH_MAX} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
      <ResourcesField value={resources} onChange={setResources} />
      <TimeSpanFields value={span} zone={zone} onChange={setSpan} />
      <OwnerField value={ownerId} onChange={setOwnerId} />
      <RepeatFields value={repeating.repeat} onChange={repeating.change} firstDay={span.start.date} resource={resources[0]} />
      {repeating.isOn && <PreviewList repeating={repeating} resources={resources} />}
    </>
  );
}

interface ButtonsProps {
  repeating: Repeating;
  isPending: boolean;
  canSend: boolean;
  onClose: () => void;
}

function Buttons({ repeating, isPending, canSend, onClose }: ButtonsProps) {
  const { t } = useLingui();
  const { isOn, making, placed } = repeating;
  return (
    <>
      {isOn && making.error !== null && <NotMade error={making.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          <Trans>Back</Trans>
        </Button>
        <Button type="submit" loading={isOn ? making.isPending : isPending} disabled={isOn ? !repeating.canSend : !canSend}>
          {isOn && repeating.canSend ? t`Reserve ${plural(placed, { one: "# occurrence", other: "# occurrences" })}` : t`Reserve`}
        </Button>
      </Group>
    </>
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
  const [keys] = useState(() => new WishKeys());
  const send = async (wish: Wish, onReady: () => void) => {
    setRefused(null);
    const body = {
      resource_ids: wish.resources.map((one) => one.id),
      start: wish.start.toISOString(),
      end: wish.end.toISOString(),
      title: wish.title?.trim() ?? "",
      owner_id: ownerId,
    };
    const long = setTimeout(() => setLong(true), 900);
    try {
      const reserved = await keys.send(JSON.stringify(body), (key) =>
        creating.mutateAsync({ params: { header: { ...idempotent(key), prefer: `wait=${WAIT_SECONDS}` } }, body }),
      );
      onReserved?.(reserved);
      if (reserved.state === "pending" || reserved.state === "held") return setMade(reserved);
      tellDone(t`Reserved.`);
      onReady();
    } catch (error) {
      setRefused({ error, wish });
    } finally {
      clearTimeout(long);
      setLong(false);
    }
  };
  return { create: { send, isPending: creating.isPending, isLong }, refused, made };
}
