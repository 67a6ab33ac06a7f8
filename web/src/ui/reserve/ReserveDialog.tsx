import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { KeepButton } from "../holds/KeepButton";
import { KeptAlert, RanOutAlert } from "../holds/KeptAlert";
import { useHolding } from "../holds/useHolding";
import type { Wait } from "../waitlist/wait";
import { WaitForm } from "../waitlist/WaitForm";
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
import { type Refused, useMaking } from "./useMaking";
import type { Reserved, Wish } from "./wish";

const TITLE_LENGTH_MAX = 200;

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
  const holding = useHolding(first.kept);
  const [refused, setRefused] = useState<Refused | null>(null);
  const making = useMaking({ ownerId: fields.ownerId, onReserved, onRefused: setRefused, onLapsed: holding.lapse });
  const [waiting, setWaiting] = useState<Wait | null>(null);
  const { resources, title, zone, span, ownerId } = fields;
  const times = spanOf(span, zone);
  const repeating = useRepeating({ resources, times, firstDay: span.start.date, ownerId });
  const wish = times && resources.length > 0 ? { resources, title, ...times } : null;
  const keep = (one: Wish) => {
    setRefused(null);
    holding.keep(one).catch((error: unknown) => setRefused({ error, wish: one, isKeeping: true }));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (repeating.isOn) void (repeating.canSend && repeating.send(title));
    else if (holding.kept) void making.send({ ...holding.kept, title, kept: holding.kept }, onClose);
    else if (wish) void making.send(wish, onClose);
  };
  const take = (one: Wish) => {
    fields.adopt(one);
    holding.giveBack();
    if (refused?.isKeeping) keep(one);
    else void making.send(one, onClose);
  };
  // Who waits, waits for oneself; what was refused to somebody else is not to be had this way.
  const wait = ownerId === null && refused ? () => setWaiting({ ...refused.wish }) : undefined;
  const series = repeating.making.made;
  if (waiting) return <WaitForm wait={waiting} onBack={() => setWaiting(null)} onClose={onClose} />;
  return (
    <Stack>
      <Modal.Title fz="h2" fw={650}>
        {making.made ? t`Reserved, with something left to settle` : t`Reserve`}
      </Modal.Title>
      {making.made && <Pending reservation={making.made} onClose={onClose} />}
      {series && <MadeSeries series={series} onClose={onClose} />}
      {!making.made && !series && (
        <form onSubmit={submit}>
          <Stack>
            {refused && !repeating.isOn && <Refusal title={refused.isKeeping ? t`Not kept` : undefined} error={refused.error} wish={refused.wish} onTake={take} onWait={wait} />}
            {holding.kept && <KeptAlert kept={holding.kept} onGiveBack={holding.giveBack} />}
            {holding.isOver && !refused && <RanOutAlert isPending={holding.isPending} onAgain={wish && !repeating.isOn ? () => keep(wish) : undefined} />}
            <Fields fields={fields} repeating={repeating} isKept={holding.kept !== null} />
            {making.isLong && (
              <Text size="sm" c="dimmed" role="status">
                <Trans>The time is kept for you; waiting for its confirmation …</Trans>
              </Text>
            )}
            {!holding.kept && !holding.isOver && !repeating.isOn && ownerId === null && (
              <KeepButton isPending={holding.isPending} disabled={wish === null} onKeep={() => wish && keep(wish)} />
            )}
            <Buttons repeating={repeating} isPending={making.isPending} canSend={holding.kept !== null || wish !== null} onClose={onClose} />
          </Stack>
        </form>
      )}
    </Stack>
  );
}

/** The fields of the form. Of what is kept only the title is open: the rest is what is kept. */
function Fields({ fields, repeating, isKept }: { fields: ReturnType<typeof useFields>; repeating: Repeating; isKept: boolean }) {
  const { t } = useLingui();
  const { resources, setResources, span, setSpan, title, setTitle, ownerId, setOwnerId, zone } = fields;
  // What was pressed is gone when the rest of the fields comes or goes: a new field takes the focus.
  const titleField = (
    <TextInput key={isKept ? "kept" : "open"} data-autofocus autoFocus label={t`Title`} placeholder={t`Such as: seminar`} maxLength={TITLE_LENGTH_MAX} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
  );
  if (isKept) return titleField;
  return (
    <>
      {titleField}
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
