import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, FileInput, Group, Paper, Progress, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { asProblem } from "@/lib/api/problem";
import { BackLink } from "@/ui/BackLink";
import { Icon } from "@/ui/Icon";
import { Page } from "@/ui/Page";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { RecordTable } from "@/ui/table/RecordTable";
import { useImportResources } from "./api/importResources";

type Report = components["schemas"]["ReportShape"];
type BadCell = components["schemas"]["BadCellShape"];

/** Where an import stands: `done` has the report of what was stored, `checked` that of the dry run. */
type Step =
  | { name: "choose" }
  | { name: "checking" }
  | { name: "importing" }
  | { name: "checked"; report: Report }
  | { name: "done"; report: Report }
  | { name: "refused"; error: unknown };

export function ImportPage() {
  const { t } = useLingui();
  const importing = useImportResources();
  const [file, setFile] = useState<File | null>(null);
  const [step, setStep] = useState<Step>({ name: "choose" });
  const run = async (chosen: File, dryRun: boolean) => {
    setStep(dryRun ? { name: "checking" } : { name: "importing" });
    try {
      const report = await importing(chosen, dryRun);
      setStep(dryRun ? { name: "checked", report } : { name: "done", report });
    } catch (error) {
      setStep({ name: "refused", error });
    }
  };
  const choose = (chosen: File | null) => {
    setFile(chosen);
    if (chosen) void run(chosen, true);
    else setStep({ name: "choose" });
  };
  return (
    <Page
      title={t`Import resources`}
      above={
        <BackLink to="/administration/resources">
          <Trans>Resources and sites</Trans>
        </BackLink>
      }
    >
      <Paper p="lg" withBorder>
        <Stack>
          <Text>
            <Trans>Choose a CSV file with a resource in each row. Nothing is stored before you have seen what would come of it.</Trans>
          </Text>
          <Text size="sm" c="dimmed">
            <Trans>The columns are those of an export: take one, change it in a spreadsheet, and import it here.</Trans>
          </Text>
          <FileInput size="md" label={t`CSV file`} accept=".csv,text/csv" placeholder={t`Choose a file`} value={file} onChange={choose} clearable clearButtonProps={{ "aria-label": t`Another file` }} />
        </Stack>
      </Paper>
      <Outcome step={step} onImport={() => file && void run(file, false)} />
    </Page>
  );
}

function Outcome({ step, onImport }: { step: Step; onImport: () => void }) {
  const { t } = useLingui();
  if (step.name === "choose") return null;
  if (step.name === "checking" || step.name === "importing")
    return (
      <Stack gap="xs" role="status">
        <Text>{step.name === "checking" ? t`Checking every row …` : t`Storing …`}</Text>
        <Progress value={step.name === "checking" ? 40 : 85} animated aria-label={t`Progress`} />
      </Stack>
    );
  if (step.name === "refused") return <Refused error={step.error} />;
  const { report } = step;
  const nothing = report.created + report.updated + report.sites_created === 0;
  if (step.name === "done")
    return (
      <Alert color="green" icon={<Icon name="check" />} title={t`Imported`}>
        <Stack>
          <Counts report={report} />
          <Button w="fit-content" renderRoot={(props) => <Link to="/administration/resources" {...props} />}>
            <Trans>Look at the resources</Trans>
          </Button>
        </Stack>
      </Alert>
    );
  return (
    <Paper p="lg" withBorder component="section">
      <Stack>
        <Title order={2}>
          <Trans>What would come of it</Trans>
        </Title>
        <Counts report={report} />
        {report.errors.length > 0 ? (
          <BadRows cells={report.errors} />
        ) : (
          <Group>
            <Button disabled={nothing} onClick={onImport}>
              <Trans>Import</Trans>
            </Button>
            {nothing && (
              <Text c="dimmed">
                <Trans>Everything in the file is there already.</Trans>
              </Text>
            )}
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

function Refused({ error }: { error: unknown }) {
  const problem = asProblem(error);
  if (problem.kind !== "bad-rows") return <ProblemAlert error={error} />;
  return <BadRows cells={problem.problem.errors as BadCell[]} />;
}

function Counts({ report }: { report: Report }) {
  const { t } = useLingui();
  const counts = [
    [t`new`, report.created],
    [t`changed`, report.updated],
    [t`as before`, report.unchanged],
    [t`new sites`, report.sites_created],
  ] as const;
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }}>
      {counts.map(([words, count]) => (
        <Stack key={words} gap={0}>
          <Text fz={28} fw={650}>
            {count}
          </Text>
          <Text c="dimmed">{words}</Text>
        </Stack>
      ))}
    </SimpleGrid>
  );
}

function BadRows({ cells }: { cells: readonly BadCell[] }) {
  const { t } = useLingui();
  return (
    <Stack gap="sm">
      <Alert color="red" icon={<Icon name="warning" />} title={t`Some rows cannot be taken`}>
        <Trans>Nothing is stored. Mend these rows in the file, and choose it again.</Trans>
      </Alert>
      <RecordTable
        label={t`Bad rows`}
        rows={cells}
        rowKey={(one) => `${one.row} ${one.column} ${one.message}`}
        columns={[
          { key: "row", title: t`Row`, cell: (one) => one.row },
          { key: "column", title: t`Column`, cell: (one) => one.column ?? "–" },
          { key: "message", title: t`What is wrong`, cell: (one) => one.message },
        ]}
      />
    </Stack>
  );
}
