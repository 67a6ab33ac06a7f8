import type { components } from "@generated/schema";
import { useLingui } from "@lingui/react/macro";
import { Anchor, Badge, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Icon } from "@/ui/Icon";
import { InstantWords } from "@/ui/InstantWords";
import { tellProblem } from "@/ui/notice/toast";
import { useMarkRead } from "./api/markRead";
import { kindIcon } from "./kinds";
import { addressOf } from "./subject";

/** A notification; its title leads to what it is about, and reads it on the way. */
export function NotificationCard({ notification: one }: { notification: components["schemas"]["NotificationShown"] }) {
  const { t } = useLingui();
  const reading = useMarkRead();
  const read = () => reading.mutate({ params: { path: { notification_id: one.id } } }, { onError: tellProblem });
  const isNew = !one.read_at;
  return (
    <Paper p="md" withBorder component="article">
      <Group align="flex-start" wrap="nowrap" gap="md">
        <Text span c={isNew ? "var(--mantine-color-anchor)" : "dimmed"} pt={3}>
          <Icon name={kindIcon(one.kind)} size={20} />
        </Text>
        <Stack gap={4} miw={0} style={{ flex: 1 }}>
          <Group gap="xs" justify="space-between" wrap="nowrap" align="flex-start">
            <Anchor
              fw={isNew ? 650 : 500}
              onClick={() => isNew && read()}
              renderRoot={(props) => <Link {...addressOf(one)} {...props} />}
            >
              {one.title}
            </Anchor>
            {isNew && (
              <Badge variant="light" tt="none">
                {t`New`}
              </Badge>
            )}
          </Group>
          <Text size="sm">{one.body}</Text>
          <Group justify="space-between" gap="xs">
            <Text size="sm" c="dimmed">
              <InstantWords at={one.created_at} />
            </Text>
            {isNew && (
              <Button variant="transparent" size="compact-sm" px={0} aria-label={t`Mark as read: ${one.title}`} onClick={read}>
                {t`Mark as read`}
              </Button>
            )}
          </Group>
        </Stack>
      </Group>
    </Paper>
  );
}
