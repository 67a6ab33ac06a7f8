import { Trans, useLingui } from "@lingui/react/macro";
import { Code, FileInput, Paper, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { BackLink } from "@/ui/BackLink";
import { Page } from "@/ui/Page";
import { useRunBulk } from "./api/runBulk";
import { BulkOutcome, type Step } from "./BulkOutcome";
import { fileWithInstants } from "./instants";

const EXAMPLE = `action,reservation,resource,start,end,title,owner,reason
create,,Room 12,2031-03-03T09:00,2031-03-03T10:00,Seminar,ada,
move,512,Room 14,,,,,
cancel,513,,,,,,Fog`;

/** Creates, moves and cancels many reservations from a file: what would come of it is shown first. */
export function BulkPage() {
  const { t } = useLingui();
  const run = useRunBulk();
  const [file, setFile] = useState<File | null>(null);
  const [step, setStep] = useState<Step>({ name: "choose" });
  const check = async (chosen: File) => {
    setStep({ name: "checking" });
    try {
      const { text, lost } = await fileWithInstants(await chosen.text());
      setStep(lost.length > 0 ? { name: "lost", lost } : { name: "checked", text, report: await run(text, true) });
    } catch (error) {
      setStep({ name: "refused", error });
    }
  };
  const confirm = async (text: string) => {
    setStep({ name: "doing" });
    try {
      setStep({ name: "done", report: await run(text, false) });
    } catch (error) {
      setStep({ name: "refused", error });
    }
  };
  const choose = (chosen: File | null) => {
    setFile(chosen);
    if (chosen) void check(chosen);
    else setStep({ name: "choose" });
  };
  return (
    <Page
      title={t`Many reservations at once`}
      above={
        <BackLink to="/administration">
          <Trans>Administration</Trans>
        </BackLink>
      }
    >
      <Paper p="lg" withBorder>
        <Stack>
          <Text>
            <Trans>Choose a CSV file with what is to be created, moved or cancelled. Nothing is done before you have seen what would come of it.</Trans>
          </Text>
          <Code block tabIndex={0} aria-label={t`An example`}>
            {EXAMPLE}
          </Code>
          <Text size="sm" c="dimmed">
            <Trans>Times are those on the clocks of the resource. Several resources are separated by a semicolon; an empty cell leaves what is there.</Trans>
          </Text>
          <FileInput
            size="md"
            label={t`CSV file`}
            accept=".csv,text/csv"
            placeholder={t`Choose a file`}
            value={file}
            onChange={choose}
            clearable
            clearButtonProps={{ "aria-label": t`Another file` }}
          />
        </Stack>
      </Paper>
      <BulkOutcome step={step} onConfirm={(text) => void confirm(text)} onAnother={() => choose(null)} />
    </Page>
  );
}
