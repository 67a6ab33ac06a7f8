import { Trans, useLingui } from "@lingui/react/macro";
import { Accordion, List, Stack, Title } from "@mantine/core";

/** How calendar programs are set up, step by step. */
export function SetUp() {
  const { t } = useLingui();
  const programs = [
    {
      name: t`iPhone and iPad`,
      steps: [
        t`In Settings, open Calendar (under Apps), then its accounts, and there Add Account.`,
        t`Choose Other, then Add CalDAV Account.`,
        t`Enter the server, the user name and the app password, and touch Next.`,
      ],
    },
    {
      name: t`Android, with DAVx⁵`,
      steps: [
        t`Install DAVx⁵, open it, touch the plus sign, and choose to sign in with a URL and a user name.`,
        t`Enter the server as the base URL, the user name and the app password.`,
        t`Tick the calendar and let it synchronise. It appears in your calendar app.`,
      ],
    },
    {
      name: t`Thunderbird`,
      steps: [
        t`In the calendar, choose New Calendar, then On the Network.`,
        t`Enter the user name, and the server as the location; the app password when it is asked for.`,
        t`Tick the calendar that is found, and subscribe.`,
      ],
    },
  ];
  return (
    <Stack gap="xs" component="section" aria-label={t`How to set it up`} mt="md">
      <Title order={2}>
        <Trans>How to set it up</Trans>
      </Title>
      <Accordion variant="contained" order={3}>
        {programs.map(({ name, steps }) => (
          <Accordion.Item key={name} value={name}>
            <Accordion.Control>{name}</Accordion.Control>
            <Accordion.Panel>
              <List type="ordered" spacing={4}>
                {steps.map((step) => (
                  <List.Item key={step}>{step}</List.Item>
                ))}
              </List>
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Stack>
  );
}
