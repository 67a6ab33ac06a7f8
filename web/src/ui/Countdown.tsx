import { Trans } from "@lingui/react/macro";
import { Text } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";
import { countdownWords } from "@/lib/time/countdownWords";
import { useNow } from "@/lib/time/useNow";

/** How long there is until an instant, second by second. Screen readers say it when they come by, not each second. */
export function Countdown({ until }: { until: Date }) {
  const locale = useLocale();
  const left = countdownWords(until.getTime() - useNow(1000).getTime(), locale);
  return (
    <Text span inherit role="timer" aria-live="off" style={{ fontVariantNumeric: "tabular-nums" }}>
      <Trans>{left} left</Trans>
    </Text>
  );
}
