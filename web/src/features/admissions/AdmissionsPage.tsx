import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Group, Text, TextInput, Title } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useLocale } from "@/lib/i18n/useLocale";
import { machineZone, timeWords } from "@/lib/time/format";
import { useTitle } from "@/lib/useTitle";
import { useWakeLock } from "@/lib/useWakeLock";
import { Icon } from "@/ui/Icon";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import classes from "./admissions.module.css";
import type { Conflict } from "./kept";
import { TicketCamera } from "./TicketCamera";
import { useAdmissions } from "./useAdmissions";
import { LastVerdict, VerdictWords } from "./VerdictWords";

const route = getRouteApi("/display/administration/performances/$performanceId/door");

/** The door of a performance: tickets are read, and let people in once, with a network and without. */
export function AdmissionsPage() {
  const { t } = useLingui();
  const { performanceId } = route.useParams();
  const door = useAdmissions(performanceId);
  const { admitted, tickets } = door.counts;
  const title = door.list ? t`Door: ${door.list.name}` : t`Door`;
  useTitle(title);
  useWakeLock();
  return (
    <main className={classes.page}>
      <Group justify="space-between">
        <Title order={1} size="h2">
          {title}
        </Title>
        <Button variant="default" renderRoot={(props) => <Link {...props} to="/administration/performances/$performanceId" params={{ performanceId }} />}>
          <Trans>Leave the door</Trans>
        </Button>
      </Group>
      <Text size="xl" fw={600}>
        <Trans>
          {admitted} of {tickets} have come in
        </Trans>
      </Text>
      <Standing door={door} />
      <LastVerdict said={door.said} />
      {door.refused !== null && <ProblemAlert error={door.refused} />}
      <Typed onCode={door.scan} />
      <TicketCamera onCode={door.scan} />
      {door.conflicts.length > 0 && <Conflicts conflicts={door.conflicts} onRead={door.forgive} />}
    </main>
  );
}

function Standing({ door }: { door: ReturnType<typeof useAdmissions> }) {
  const locale = useLocale();
  const at = door.list && timeWords(new Date(door.list.heardAt), machineZone(), locale);
  return (
    <div role="status">
      {door.offline && (
        <Alert color="yellow" icon={<Icon name="warning" />} title={<Trans>There is no network</Trans>}>
          {at ? <Trans>Tickets are judged by the list of {at}.</Trans> : <Trans>There is no list of the tickets on this device.</Trans>}
        </Alert>
      )}
      {door.waiting > 0 && (
        <p>
          <Plural value={door.waiting} one="# scan waits to be brought in." other="# scans wait to be brought in." />
        </p>
      )}
    </div>
  );
}

function Typed({ onCode }: { onCode: (code: string) => void }) {
  const { t } = useLingui();
  const [code, setCode] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onCode(code);
    setCode("");
  };
  return (
    <form onSubmit={submit} className={classes.typed}>
      <TextInput
        label={t`Code of the ticket`}
        size="lg"
        maxLength={100}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        autoFocus={matchMedia("(pointer: fine)").matches}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Button type="submit" size="lg">
        <Trans>Read</Trans>
      </Button>
    </form>
  );
}

function Conflicts({ conflicts, onRead }: { conflicts: readonly Conflict[]; onRead: () => void }) {
  const locale = useLocale();
  return (
    <Alert color="red" icon={<Icon name="warning" />} title={<Trans>Let in without a network, but should not have been</Trans>}>
      <ul>
        {conflicts.map((one) => (
          <li key={`${one.code} ${one.at}`}>
            {timeWords(new Date(one.at), machineZone(), locale)} · {one.seat ?? one.code}: <VerdictWords judged={one} />
          </li>
        ))}
      </ul>
      <Button variant="default" onClick={onRead}>
        <Trans>I have read it</Trans>
      </Button>
    </Alert>
  );
}
