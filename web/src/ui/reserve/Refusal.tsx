import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Stack, Text } from "@mantine/core";
import { asProblem } from "@/lib/api/problem";
import { refusedSentences } from "@/lib/api/ruleWords";
import { useLocale } from "@/lib/i18n/useLocale";
import { rangeWords } from "@/lib/time/format";
import { Icon } from "../Icon";
import { useGaps } from "./api/readGaps";
import type { ReservableResource, Wish } from "./wish";

/** Another slot that could be had instead. */
export interface Alternative {
  resource_id: number;
  resource: string;
  start: string;
  end: string;
}

interface Props {
  /** What did not happen; that nothing was reserved, unless something else is said. */
  title?: string;
  error: unknown;
  wish: Wish;
  /** Takes an alternative. */
  onTake: (wish: Wish) => void;
  /** Waits for what is taken, where one can. */
  onWait?: () => void;
}

const TIMES_MAX = 3;

/** Says in sentences why a wish was refused, and offers what can be had instead, each by one click. */
export function Refusal({ title, error, wish, onTake, onWait }: Props) {
  const { t } = useLingui();
  const problem = asProblem(error);
  const isTaken = problem.kind === "slot-taken";
  const one = wish.resources.length === 1 ? wish.resources[0]! : undefined;
  const told = (problem.problem.alternatives ?? []) as Alternative[];
  const other = useOtherTimes(one, wish, problem.kind === "policy-refused");
  const alternatives = told.length > 0 ? told : other;
  return (
    <Alert color="red" variant="light" role="alert" icon={<Icon name="warning" />} title={title ?? t`Not reserved`}>
      <Stack gap="xs" align="flex-start">
        {(isTaken ? [t`Somebody else has this time.`] : refusedSentences(problem)).map((sentence) => (
          <Text key={sentence} size="sm" c="var(--mantine-color-text)">
            {sentence}
          </Text>
        ))}
        {alternatives.length > 0 && (
          <>
            <Text size="sm" fw={600} c="var(--mantine-color-text)">
              <Trans>You can have instead:</Trans>
            </Text>
            {alternatives.map((each) => (
              <AlternativeButton key={`${each.resource_id} ${each.start}`} alternative={each} wish={wish} onTake={onTake} />
            ))}
          </>
        )}
        {isTaken && onWait && (
          <>
            <Text size="sm" fw={600} c="var(--mantine-color-text)">
              <Trans>Or wait until it is free:</Trans>
            </Text>
            <Button variant="default" size="sm" leftSection={<Icon name="clock" size={16} />} onClick={onWait}>
              <Trans>Join the waitlist</Trans>
            </Button>
          </>
        )}
      </Stack>
    </Alert>
  );
}

function AlternativeButton({ alternative, wish, onTake }: { alternative: Alternative; wish: Wish; onTake: (wish: Wish) => void }) {
  const locale = useLocale();
  const [start, end] = [new Date(alternative.start), new Date(alternative.end)];
  const known = wish.resources.find((one) => one.id === alternative.resource_id);
  const timezone = (known ?? wish.resources[0])?.timezone ?? "UTC";
  const words = rangeWords(start, end, timezone, locale);
  const resource = { id: alternative.resource_id, name: alternative.resource, timezone };
  return (
    <Button
      variant="default"
      size="sm"
      h="auto"
      py={8}
      styles={{ label: { whiteSpace: "normal", textAlign: "left" } }}
      onClick={() => onTake({ ...wish, resources: [resource], start, end })}
    >
      {alternative.resource}, {words.date}, {words.time}
    </Button>
  );
}

/** Answer when the resource can be had for as long, where a rule and not somebody else stands in the way. */
function useOtherTimes(resource: ReservableResource | undefined, wish: Wish, wanted: boolean): Alternative[] {
  const gaps = useGaps(resource?.id ?? 0, wish.start, wish.end, wanted && resource !== undefined);
  if (!wanted || !resource) return [];
  const length = wish.end.getTime() - wish.start.getTime();
  return (gaps.data?.items ?? []).slice(0, TIMES_MAX).map((gap) => ({
    resource_id: resource.id,
    resource: resource.name,
    start: gap.start,
    end: new Date(new Date(gap.start).getTime() + length).toISOString(),
  }));
}
