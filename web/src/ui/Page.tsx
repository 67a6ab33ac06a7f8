import { Container, Group, Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTitle } from "@/lib/useTitle";

interface Props {
  title: string;
  /** Stands above the title, such as the way back. */
  above?: ReactNode;
  /** Stands beside the title, such as what can be done here. */
  actions?: ReactNode;
  children: ReactNode;
  /** The width that reading needs; `wide` is for tables and calendars. */
  width?: "text" | "wide";
}

/** A page inside the shell: a title, which is the browser's too, and what belongs to it. */
export function Page({ title, above, actions, children, width = "text" }: Props) {
  useTitle(title);
  return (
    <Container size={width === "wide" ? "xl" : "md"} px={0}>
      <Stack gap="md">
        {above}
        <Group justify="space-between" wrap="wrap" gap="sm">
          <Title order={1}>{title}</Title>
          {actions}
        </Group>
        {children}
      </Stack>
    </Container>
  );
}
