import { Anchor, Box, Center, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTitle } from "@/lib/useTitle";

interface Props {
  title: string;
  children: ReactNode;
  /** What else somebody may have come for. */
  otherwise?: ReactNode;
}

/** The frame of the pages before one is signed in. */
export function DoorCard({ title, children, otherwise }: Props) {
  useTitle(title);
  return (
    <Center mih="100dvh" p="md" component="main">
      <Stack w="100%" maw={420} gap="lg">
        <Stack gap={4} align="center">
          <Box component="img" src="/icon.svg" alt="" w={56} h={56} />
          <Anchor href="/" underline="never" c="var(--mantine-color-text)">
            <Text fw={700} size="lg">
              Berth
            </Text>
          </Anchor>
        </Stack>
        <Paper p="xl" radius="lg" withBorder>
          <Stack>
            <Title order={1}>{title}</Title>
            {children}
          </Stack>
        </Paper>
        {otherwise && <Center>{otherwise}</Center>}
      </Stack>
    </Center>
  );
}
