import { useLingui } from "@lingui/react/macro";
import { SegmentedControl, Select, Stack, Text, useMantineColorScheme } from "@mantine/core";
import { useState } from "react";
import { chooseLocale, type Locale, LOCALES } from "@/lib/i18n/locales";
import { machineZone, zoneWords } from "@/lib/time/format";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { Page } from "@/ui/Page";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone, tellProblem } from "@/ui/notice/toast";
import { AccountForm } from "./AccountForm";
import { useChangeMe } from "./api/changeMe";
import { CalendarsCard } from "./CalendarsCard";
import { useMe } from "@/lib/api/readMe";
import { InstallCard } from "./InstallCard";
import { Leaving } from "./Leaving";
import { PasswordForm } from "./PasswordForm";
import { Section } from "./Section";

const ZONES = Intl.supportedValuesOf("timeZone");

export function ProfilePage() {
  const { t } = useLingui();
  const me = useMe();
  return (
    <Page title={t`Profile`}>
      {me.isPending && <ListSkeleton rows={2} height={180} />}
      {me.isError && <ProblemAlert error={me.error} onRetry={() => void me.refetch()} />}
      {me.data && (
        <>
          <Section title={t`Account`}>
            <AccountForm me={me.data} />
          </Section>
          <Section title={t`Language, time and look`}>
            <LanguageSelect language={me.data.language} />
            <ZoneSelect zone={me.data.timezone} />
            <SchemeSelect />
          </Section>
          <CalendarsCard />
          <Section title={t`Password`}>
            <PasswordForm />
          </Section>
          <InstallCard />
          <Section title={t`Signing out`}>
            <Leaving />
          </Section>
        </>
      )}
    </Page>
  );
}

function LanguageSelect({ language }: { language: Locale }) {
  const { t } = useLingui();
  const changing = useChangeMe();
  const languages = Object.entries(LOCALES).map(([value, label]) => ({ value, label }));
  // Spoken once Berth knows, for its mails are written in the same.
  const change = (next: string | null) =>
    changing.mutate(
      { body: { language: next as Locale } },
      { onSuccess: () => void chooseLocale(next as Locale), onError: tellProblem },
    );
  return (
    <Select
      label={t`Language`}
      description={t`Of this app, and of the mails to you.`}
      data={languages}
      value={language}
      allowDeselect={false}
      disabled={changing.isPending}
      maw={360}
      onChange={change}
    />
  );
}

function ZoneSelect({ zone }: { zone: string | null }) {
  const { t } = useLingui();
  const changing = useChangeMe();
  const [chosen, setChosen] = useState(zone);
  const here = machineZone();
  const change = (timezone: string | null) => {
    setChosen(timezone);
    changing.mutate(
      { body: { timezone } },
      {
        onSuccess: () => tellDone(t`Your time zone is changed.`),
        onError: (error) => {
          setChosen(zone);
          tellProblem(error);
        },
      },
    );
  };
  return (
    <Select
      label={t`Time zone`}
      description={t`Times are shown in the zone of what you reserve, with yours beside them where they differ.`}
      placeholder={t`As on this device: ${zoneWords(here)}`}
      data={ZONES}
      value={chosen}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t`As on this device` }}
      maw={360}
      onChange={change}
    />
  );
}

function SchemeSelect() {
  const { t } = useLingui();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const schemes = [
    { value: "light", label: t`Light` },
    { value: "dark", label: t`Dark` },
    { value: "auto", label: t`As the device` },
  ];
  return (
    <Stack gap={4}>
      <Text size="sm" fw={500} id="scheme-label">
        {t`Colours`}
      </Text>
      <SegmentedControl
        aria-labelledby="scheme-label"
        data={schemes}
        value={colorScheme}
        maw={360}
        onChange={(value) => setColorScheme(value as "light" | "dark" | "auto")}
      />
    </Stack>
  );
}
