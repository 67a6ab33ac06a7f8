import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Badge, Button, Group, Modal, NumberInput, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { asProblem } from "@/lib/api/problem";
import { refusedSentences } from "@/lib/api/ruleWords";
import { useLocale } from "@/lib/i18n/useLocale";
import { lengthWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { Icon } from "../Icon";
import { TimeSpanFields } from "../reserve/TimeSpanFields";
import { useJoinWaitlist } from "./api/joinWaitlist";
import { Joined } from "./Joined";
import { firstFields, joinOf, type Wait, type WaitFields } from "./wait";
import { WaitlistLink } from "./WaitlistLink";

const TITLE_LENGTH_MAX = 200;
const MINUTES_MAX = 7 * 24 * 60;
const PEOPLE_MAX = 1_000_000;

interface Props {
  wait: Wait;
  /** Goes back to where the wish came from, where there is such a place. */
  onBack: () => void;
  /** Ends all of it. */
  onClose: () => void;
}

/** Asks for what somebody waits, stands them in line, and says where they stand or that it is theirs to take. */
export function WaitForm({ wait, onBack, onClose }: Props) {
  const { t } = useLingui();
  const viewer = useViewerZone();
  const zone = wait.resources[0]?.timezone ?? viewer;
  const [fields, setFields] = useState(() => firstFields(wait, zone));
  const joining = useJoinWaitlist();
  const body = joinOf(wait, fields, zone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (body) joining.mutate({ body });
  };
  if (joining.data) return <Joined place={joining.data} onAgain={() => joining.reset()} onClose={onClose} />;
  return (
    <form onSubmit={submit}>
      <Stack>
        <Modal.Title fz="h2" fw={650}>
          {t`Join the waitlist`}
        </Modal.Title>
        <Text>
          <Trans>As soon as it is free and your turn, it is kept for you for a while, and you are told.</Trans>
        </Text>
        {joining.isError && <NotJoined error={joining.error} />}
        <What wait={wait} />
        <Fields fields={fields} zone={zone} onChange={(part) => setFields({ ...fields, ...part })} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onBack}>
            <Trans>Back</Trans>
          </Button>
          <Button type="submit" loading={joining.isPending} disabled={!body}>
            {t`Join the waitlist`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function What({ wait }: { wait: Wait }) {
  if (wait.search)
    return (
      <Stack gap={6}>
        <Text fw={600}>
          {wait.words?.length ? <Trans>Any one that fits your search</Trans> : <Trans>Anything that is free</Trans>}
        </Text>
        <Group gap={6}>
          {wait.words?.map((one) => (
            <Badge key={one} variant="light" size="lg" tt="none" fw={500}>
              {one}
            </Badge>
          ))}
        </Group>
      </Stack>
    );
  return (
    <div>
      <Text fw={600}>{wait.resources.map((one) => one.name).join(", ")}</Text>
      {wait.resources.length > 1 && (
        <Text size="sm" c="dimmed">
          <Trans>All of them together, or none.</Trans>
        </Text>
      )}
    </div>
  );
}

function Fields({ fields, zone, onChange }: { fields: WaitFields; zone: string; onChange: (part: Partial<WaitFields>) => void }) {
  const { t } = useLingui();
  const locale = useLocale();
  const minutes = Number(fields.minutes);
  const isFlexible = fields.how === "within";
  return (
    <>
      <TextInput data-autofocus autoFocus label={t`Title`} placeholder={t`Such as: seminar`} maxLength={TITLE_LENGTH_MAX} value={fields.title} onChange={(event) => onChange({ title: event.currentTarget.value })} />
      <SegmentedControl
        aria-label={t`Which time suits you`}
        value={fields.how}
        onChange={(how) => onChange({ how: how as WaitFields["how"] })}
        data={[
          { value: "exact", label: t`Exactly this time` },
          { value: "within", label: t`Any time within` },
        ]}
      />
      {isFlexible && (
        <NumberInput
          size="md"
          required
          label={t`Minutes that you need`}
          description={minutes >= 1 ? lengthWords(new Date(0), new Date(minutes * 60_000), locale) : undefined}
          min={1}
          max={MINUTES_MAX}
          step={15}
          allowDecimal={false}
          value={fields.minutes}
          onChange={(next) => onChange({ minutes: next })}
        />
      )}
      <TimeSpanFields value={isFlexible ? fields.within : fields.exact} zone={zone} isWindow={isFlexible} onChange={(span) => onChange(isFlexible ? { within: span } : { exact: span })} />
      <NumberInput
        size="md"
        required
        label={t`For how many people`}
        description={t`All of them have to find room.`}
        min={1}
        max={PEOPLE_MAX}
        allowDecimal={false}
        value={fields.people}
        onChange={(next) => onChange({ people: next })}
      />
    </>
  );
}

function NotJoined({ error }: { error: unknown }) {
  const { t } = useLingui();
  const isThereAlready = ["already-waiting", "too-many-entries"].includes(asProblem(error).kind);
  return (
    <Alert color="red" variant="light" role="alert" icon={<Icon name="warning" />} title={t`You are not in line`}>
      <Stack gap="xs" align="flex-start" c="var(--mantine-color-text)">
        {refusedSentences(error).map((sentence) => (
          <Text key={sentence} size="sm">
            {sentence}
          </Text>
        ))}
        {isThereAlready && <WaitlistLink />}
      </Stack>
    </Alert>
  );
}
