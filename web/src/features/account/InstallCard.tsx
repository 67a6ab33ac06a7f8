import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Text } from "@mantine/core";
import { isInTabOfIos, useInstall } from "@/lib/offline/install";
import { Section } from "./Section";

/** Offers the app for this device, where the browser lets it be installed. */
export function InstallCard() {
  const { t } = useLingui();
  const install = useInstall();
  if (!install && !isInTabOfIos()) return null;
  return (
    <Section title={t`On this device`}>
      <Text c="dimmed">
        <Trans>As an app, Berth opens by itself, and shows your next reservations without a network too.</Trans>
      </Text>
      {install ? (
        <Group>
          <Button onClick={install}>
            <Trans>Install Berth</Trans>
          </Button>
        </Group>
      ) : (
        <Text>
          <Trans>In Safari, choose Share and then “Add to Home Screen”.</Trans>
        </Text>
      )}
    </Section>
  );
}
