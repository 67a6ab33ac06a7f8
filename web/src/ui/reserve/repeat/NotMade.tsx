import { useLingui } from "@lingui/react/macro";
import { Alert, Text } from "@mantine/core";
import { asProblem } from "@/lib/api/problem";
import { type RuleRefusal, ruleWords } from "@/lib/api/ruleWords";
import { Icon } from "../../Icon";

/** Says why a series was not reserved; what is in the way of it stands in its list, which is read again. */
export function NotMade({ error }: { error: unknown }) {
  const { t } = useLingui();
  const problem = asProblem(error);
  const refusals = (problem.problem.refusals ?? []) as RuleRefusal[];
  const sentence = problem.kind === "slot-taken" ? t`Something of it was taken meanwhile. Nothing is reserved; look at the list again.` : problem.sentence;
  return (
    <Alert color="red" variant="light" role="alert" icon={<Icon name="warning" />} title={t`Not reserved`}>
      {(refusals.length > 0 ? [...new Set(refusals.map(ruleWords))] : [sentence]).map((one) => (
        <Text key={one} size="sm" c="var(--mantine-color-text)">
          {one}
        </Text>
      ))}
    </Alert>
  );
}
