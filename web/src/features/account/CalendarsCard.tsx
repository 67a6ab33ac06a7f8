import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Icon } from "@/ui/Icon";
import { Section } from "./Section";

/** Leads to what other programs are told of one's reservations, and what one's own calendars tell Berth. */
export function CalendarsCard() {
  const { t } = useLingui();
  return (
    <Section title={t`Calendars`}>
      <Text c="dimmed">
        <Trans>Have your reservations in the calendar of your phone or computer, and see here when you are busy elsewhere.</Trans>
      </Text>
      <Button w="fit-content" variant="default" leftSection={<Icon name="calendar" size={16} />} renderRoot={(props) => <Link to="/profile/calendars" {...props} />}>
        <Trans>Set up calendars</Trans>
      </Button>
    </Section>
  );
}
