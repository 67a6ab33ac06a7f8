import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Stack, Text } from "@mantine/core";
import { asProblem, type ProblemError } from "@/lib/api/problem";
import { type RuleRefusal, ruleWords } from "@/lib/api/ruleWords";
import { Icon } from "../Icon";
import { type Look, Looks } from "./Looks";

interface Props {
  error: unknown;
  resources: readonly { id: number; name: string; timezone: string }[];
  /** Changes the others, and leaves those that are in the way as they are; none where one alone is meant. */
  onLeave: (() => void) | undefined;
}

/** Says why a series was not changed: which of its occurrences cannot be moved, and by what. */
export function SeriesRefusal({ error, resources, onLeave }: Props) {
  const { t } = useLingui();
  const problem = asProblem(error);
  const looks = (problem.problem.occurrences ?? []) as Look[];
  const refused = useSentences(problem, onLeave === undefined);
  const canLeave = onLeave && ["slot-taken", "policy-refused", "not-changeable"].includes(problem.kind);
  return (
    <Alert color="red" variant="light" role="alert" icon={<Icon name="warning" />} title={t`Nothing was changed`}>
      <Stack gap="xs" c="var(--mantine-color-text)">
        {refused.map((sentence) => (
          <Text key={sentence} size="sm">
            {sentence}
          </Text>
        ))}
        {looks.length > 0 && <Looks label={t`What cannot be moved`} looks={looks} resources={resources} />}
        {canLeave && (
          <Button variant="default" onClick={onLeave}>
            <Trans>Change the others only</Trans>
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

function useSentences(problem: ProblemError, isAlone: boolean): string[] {
  const { t } = useLingui();
  if (problem.kind === "slot-taken") return [isAlone ? t`Somebody else has this time.` : t`Some of the new times are taken.`];
  if (problem.kind === "not-changeable") return [t`What waits for a confirmation, or is over, cannot be moved.`];
  const refusals = (problem.problem.refusals ?? []) as RuleRefusal[];
  return refusals.length > 0 ? [...new Set(refusals.map(ruleWords))] : [problem.sentence];
}
