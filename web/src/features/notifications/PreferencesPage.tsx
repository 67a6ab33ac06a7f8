import type { components } from "@generated/schema";
import { useLingui } from "@lingui/react/macro";
import { Paper, Select, Stack, Text, Title } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";
import { BackLink } from "@/ui/BackLink";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { Page } from "@/ui/Page";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellProblem } from "@/ui/notice/toast";
import { usePreferences } from "./api/readPreferences";
import { useSetPreferences } from "./api/setPreferences";
import { Switches } from "./Switches";

type Preferences = components["schemas"]["PreferencesShown"];

const HOURS = [1, 2, 4, 8, 12, 24, 48, 72, 168];
const NEVER = "never";

export function PreferencesPage() {
  const { t } = useLingui();
  const preferences = usePreferences();
  const setting = useSetPreferences();
  const change = (next: Preferences) => setting.mutate({ body: next }, { onError: tellProblem });
  return (
    <Page title={t`What I am told of`} above={<BackLink to="/notifications">{t`Notifications`}</BackLink>}>
      {preferences.isPending && <ListSkeleton rows={2} height={200} />}
      {preferences.isError && <ProblemAlert error={preferences.error} onRetry={() => void preferences.refetch()} />}
      {preferences.data && (
        <>
          <Paper p="lg" withBorder component="section">
            <Reminder preferences={preferences.data} onChange={change} />
          </Paper>
          <Paper p="lg" withBorder component="section">
            <Stack>
              <Stack gap={4}>
                <Title order={2}>{t`News`}</Title>
                <Text c="dimmed">{t`What is switched off is not kept either.`}</Text>
              </Stack>
              <Switches preferences={preferences.data} onChange={change} />
            </Stack>
          </Paper>
        </>
      )}
    </Page>
  );
}

function Reminder({ preferences, onChange }: { preferences: Preferences; onChange: (next: Preferences) => void }) {
  const { t } = useLingui();
  const locale = useLocale();
  const hours = preferences.reminder_hours;
  const offered = hours === null || HOURS.includes(hours) ? HOURS : [...HOURS, hours].sort((one, other) => one - other);
  const words = (value: number) => {
    const length = spanWords(value, locale);
    return t`${length} before`;
  };
  return (
    <Select
      label={t`Remind me of a reservation`}
      description={t`Counted from its start. Whoever reserves later than that is not reminded.`}
      data={[...offered.map((one) => ({ value: String(one), label: words(one) })), { value: NEVER, label: t`Never` }]}
      value={hours === null ? NEVER : String(hours)}
      allowDeselect={false}
      maw={360}
      onChange={(value) => onChange({ ...preferences, reminder_hours: value === NEVER ? null : Number(value) })}
    />
  );
}

function spanWords(hours: number, locale: string): string {
  const [value, unit] = hours % 24 === 0 ? [hours / 24, "day"] : [hours, "hour"];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(value);
}
