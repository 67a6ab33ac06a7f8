import { Trans, useLingui } from "@lingui/react/macro";
import { Button, NumberInput, Paper, Stack, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useLocale } from "@/lib/i18n/useLocale";
import { moneyWords } from "@/lib/money";
import type { SeatMap } from "@/ui/seats/geometry/places";
import type { Prices } from "@/ui/seats/seatWords";
import type { AreaState } from "../live/following";

interface Props {
  map: SeatMap;
  areas: readonly AreaState[];
  prices: Prices;
  isPending: boolean;
  onHold: (areas: Record<string, number>) => void;
}

/** Holds room in areas without seats. */
export function AreaForm({ map, areas, prices, isPending, onHold }: Props) {
  const { t } = useLingui();
  const locale = useLocale();
  const [counts, setCounts] = useState<Record<string, number>>({});
  const wanted = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onHold(wanted);
  };
  return (
    <Paper p="md" withBorder component="section" aria-label={t`Without seats`}>
      <form onSubmit={submit}>
        <Stack gap="xs">
          <Title order={2}>
            <Trans>Without seats</Trans>
          </Title>
          {map.areas.map((one) => {
            const state = areas.find((each) => each.key === one.key);
            const left = one.capacity - (state?.taken ?? 0);
            const price = moneyWords(prices.byCategory[one.category] ?? 0, prices.currency, locale);
            return (
              <NumberInput
                key={one.key}
                label={one.name}
                description={t`${price} each, ${left} left`}
                min={0}
                max={left}
                allowDecimal={false}
                value={counts[one.key] ?? 0}
                onChange={(count) => setCounts({ ...counts, [one.key]: Number(count) || 0 })}
              />
            );
          })}
          <Button type="submit" variant="default" loading={isPending} disabled={Object.keys(wanted).length === 0}>
            <Trans>Hold these places</Trans>
          </Button>
        </Stack>
      </form>
    </Paper>
  );
}
