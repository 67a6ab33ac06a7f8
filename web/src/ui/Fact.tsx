import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

/** Something that is so, under its name. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Stack gap={2} align="flex-start">
      <Text size="sm" fw={600} c="dimmed">
        {name}
      </Text>
      {children}
    </Stack>
  );
}
