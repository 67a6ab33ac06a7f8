import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { InstantWords } from "@/ui/InstantWords";
import { QrCode } from "@/ui/QrCode";

type Order = components["schemas"]["OrderShown"];

/** The tickets of an order, each with the code that the door reads. */
export function Tickets({ order }: { order: Order }) {
  const { t } = useLingui();
  return (
    <Stack component="section" gap="sm">
      <Title order={2}>
        <Trans>Tickets</Trans>
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {order.tickets.map((one) => (
          <Paper key={one.id} p="md" withBorder component="article" aria-label={one.seat}>
            <Stack align="center" gap="xs">
              <Text fw={600} ta="center">
                {one.seat}
              </Text>
              {one.void ? <Trans>It opens no door any more.</Trans> : <QrCode text={one.code} label={t`Code for ${one.seat}`} />}
              <Text ff="monospace" size="sm">
                {one.code.replace(/(.{4})(?=.)/g, "$1 ")}
              </Text>
              {one.admitted_at && (
                <Text size="sm" c="dimmed">
                  <Trans>
                    Let in <InstantWords at={one.admitted_at} />
                  </Trans>
                </Text>
              )}
            </Stack>
          </Paper>
        ))}
      </SimpleGrid>
    </Stack>
  );
}
