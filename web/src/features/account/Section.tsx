import { Paper, Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";

/** A part of the profile, with its title. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper p="lg" withBorder component="section">
      <Stack>
        <Title order={2}>{title}</Title>
        {children}
      </Stack>
    </Paper>
  );
}
