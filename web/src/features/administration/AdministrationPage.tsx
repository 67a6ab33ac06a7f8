import { useLingui } from "@lingui/react/macro";
import { Group, Paper, SimpleGrid, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Icon } from "@/ui/Icon";
import { Page } from "@/ui/Page";
import { AREAS } from "./areas";
import "./administration.css";

/** Where each part of the administration is, and what it is for. */
export function AdministrationPage() {
  const { t, i18n } = useLingui();
  return (
    <Page title={t`Administration`} width="wide">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
        {AREAS.map((one) => (
          <Paper key={one.to} p="lg" withBorder className="area-card" renderRoot={(props) => <Link to={one.to} {...props} />}>
            <Group wrap="nowrap" align="flex-start">
              <ThemeIcon size={44} radius="md" variant="light">
                <Icon name={one.icon} size={22} />
              </ThemeIcon>
              <Stack gap={2}>
                <Title order={2}>{i18n._(one.label)}</Title>
                <Text c="dimmed" size="sm">
                  {i18n._(one.about)}
                </Text>
              </Stack>
            </Group>
          </Paper>
        ))}
      </SimpleGrid>
    </Page>
  );
}
