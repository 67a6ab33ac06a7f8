import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, List, Paper, Stack, Text, Title } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";
import { moneyWords } from "@/lib/money";
import type { Places, SeatMap } from "@/ui/seats/geometry/places";
import { type Prices, useSeatWords } from "@/ui/seats/seatWords";

interface Props {
  map: SeatMap;
  places: Places;
  picked: ReadonlySet<number>;
  prices: Prices;
  /** So many that were chosen are not free any more. */
  lost: number;
  isPending: boolean;
  onHold: () => void;
  onClear: () => void;
}

/** The seats that are chosen, what they cost together, and how to have them held. */
export function Chosen({ map, places, picked, prices, lost, isPending, onHold, onClear }: Props) {
  const { t } = useLingui();
  const locale = useLocale();
  const words = useSeatWords(map, places, prices);
  const sum = [...picked].reduce((total, place) => total + (prices.byCategory[places.seats[place]!.category] ?? 0), 0);
  const amount = moneyWords(sum, prices.currency, locale);
  return (
    <Paper p="md" withBorder component="section" aria-label={t`Your choice`}>
      <Stack gap="xs">
        <Title order={2}>
          <Trans>Your choice</Trans>
        </Title>
        <Text role="status" size="sm">
          {picked.size === 0 ? <Trans>No seat is chosen yet.</Trans> : <Plural value={picked.size} one="# seat" other="# seats" />}
          {lost > 0 && (
            <>
              {" "}
              <Plural value={lost} one="# that you chose is not free any more." other="# that you chose are not free any more." />
            </>
          )}
        </Text>
        {picked.size > 0 && (
          <>
            <List size="sm">
              {[...picked].slice(0, 20).map((place) => (
                <List.Item key={place}>{words(place)}</List.Item>
              ))}
            </List>
            <Text fw={600}>
              <Trans>Together {amount}</Trans>
            </Text>
            <Group gap="xs">
              <Button onClick={onHold} loading={isPending}>
                <Trans>Hold these seats</Trans>
              </Button>
              <Button variant="default" onClick={onClear}>
                <Trans>Choose none</Trans>
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Paper>
  );
}
