import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Checkbox, NumberInput, Paper, Select, SimpleGrid, Stack, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { SeatMap } from "@/ui/seats/geometry/places";

interface Props {
  map: SeatMap;
  most: number;
  isPending: boolean;
  onHold: (best: components["schemas"]["Best"]) => void;
}

/** Holds the best seats beside each other that are free. */
export function BestForm({ map, most, isPending, onHold }: Props) {
  const { t } = useLingui();
  const [count, setCount] = useState<number | string>(2);
  const [category, setCategory] = useState<string | null>(null);
  const [accessible, setAccessible] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onHold({ count: Math.max(Number(count) || 1, 1), category, accessible });
  };
  return (
    <Paper p="md" withBorder component="section" aria-label={t`Best seats`}>
      <form onSubmit={submit}>
        <Stack gap="xs">
          <Title order={2}>
            <Trans>Best seats</Trans>
          </Title>
          <SimpleGrid cols={2} spacing="xs">
            <NumberInput label={t`How many`} min={1} max={most} allowDecimal={false} value={count} onChange={setCount} />
            <Select
              label={t`Category`}
              placeholder={t`Any`}
              clearable
              clearButtonProps={{ "aria-label": t`Any` }}
              data={map.categories.map((one) => ({ value: one.key, label: one.name }))}
              value={category}
              onChange={setCategory}
            />
          </SimpleGrid>
          <Checkbox label={t`For wheelchairs`} checked={accessible} onChange={(event) => setAccessible(event.currentTarget.checked)} />
          <Button type="submit" variant="default" loading={isPending}>
            <Trans>Hold the best seats</Trans>
          </Button>
        </Stack>
      </form>
    </Paper>
  );
}
