import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Group, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { Icon } from "@/ui/Icon";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { useSites } from "@/features/administration/pickers/api/listSites";
import { SiteDrawer } from "./SiteDrawer";

type Site = components["schemas"]["SiteShape"];

interface Props {
  chosen: number | undefined;
  onChoose: (siteId: number | undefined) => void;
}

/** The sites, each below the one that it is in; a click lists what is there, the gear leads to the site itself. */
export function SiteTree({ chosen, onChoose }: Props) {
  const { t } = useLingui();
  const sites = useSites();
  const [making, { open, close }] = useDisclosure();
  return (
    <Paper withBorder p="md" component="section" aria-label={t`Sites`}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={2}>
            <Trans>Sites</Trans>
          </Title>
          <Button size="compact-sm" variant="light" leftSection={<Icon name="plus" size={14} />} onClick={open}>
            <Trans>New site</Trans>
          </Button>
        </Group>
        {sites.isPending && <Skeleton height={120} />}
        {sites.isError && <ProblemAlert error={sites.error} onRetry={() => void sites.refetch()} />}
        {sites.data && (
          <Stack gap={2}>
            <Choice active={chosen === undefined} onClick={() => onChoose(undefined)}>
              <Trans>Everywhere</Trans>
            </Choice>
            <Below parent={null} sites={sites.data.items} chosen={chosen} onChoose={onChoose} />
            {sites.data.items.length === 0 && (
              <Text size="sm" c="dimmed">
                <Trans>Sites are campuses, buildings and floors. Resources inherit their rules.</Trans>
              </Text>
            )}
          </Stack>
        )}
      </Stack>
      {making && <SiteDrawer parentId={chosen ?? null} onClose={close} />}
    </Paper>
  );
}

function Below({ parent, sites, ...choice }: Props & { parent: number | null; sites: readonly Site[] }) {
  const { t } = useLingui();
  const here = sites.filter((one) => one.parent_id === parent);
  if (here.length === 0) return null;
  return (
    <Stack gap={2} component="ul" m={0} p={0} pl={parent === null ? 0 : "md"} style={{ listStyle: "none" }}>
      {here.map((one) => (
        <li key={one.id}>
          <Group gap={4} wrap="nowrap">
            <Choice active={choice.chosen === one.id} onClick={() => choice.onChoose(one.id)}>
              {one.name}
            </Choice>
            <ActionIcon
              variant="subtle"
              color="gray"
              c="dimmed"
              size="lg"
              aria-label={t`Settings of ${one.name}`}
              renderRoot={(props) => <Link to="/administration/sites/$siteId" params={{ siteId: one.id }} {...props} />}
            >
              <Icon name="gear" size={16} />
            </ActionIcon>
          </Group>
          <Below parent={one.id} sites={sites} {...choice} />
        </li>
      ))}
    </Stack>
  );
}

function Choice({ active, onClick, children }: { active: boolean; onClick: () => void; children: React.ReactNode }) {
  return (
    <Button
      variant={active ? "light" : "subtle"}
      color={active ? undefined : "gray"}
      c={active ? undefined : "var(--mantine-color-text)"}
      justify="flex-start"
      size="compact-md"
      py={6}
      h="auto"
      flex={1}
      fullWidth
      fw={active ? 650 : 400}
      aria-pressed={active}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}
