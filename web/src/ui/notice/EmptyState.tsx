import { Stack, Text, ThemeIcon, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Icon, type IconName } from "@/ui/Icon";

interface Props {
  icon: IconName;
  title: string;
  /** What to do about it. */
  children: ReactNode;
  action?: ReactNode;
  /** The level of the title: 1 where it is the page's own. */
  level?: 1 | 2;
}

/** Stands where there is nothing to show, and says what to do. */
export function EmptyState({ icon, title, children, action, level = 2 }: Props) {
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      <ThemeIcon size={56} radius="xl" variant="light">
        <Icon name={icon} size={28} />
      </ThemeIcon>
      <Title order={level}>{title}</Title>
      <Text c="dimmed" maw={420}>
        {children}
      </Text>
      {action}
    </Stack>
  );
}
