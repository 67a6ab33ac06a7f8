import { Trans, useLingui } from "@lingui/react/macro";
import { Badge, Button, CloseButton, Group, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMemo, useState } from "react";
import { useNow } from "@/lib/time/useNow";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { isWish, wishAt } from "@/lib/wish/parse";
import { isAhead, windowOf } from "@/lib/wish/window";
import { Icon } from "@/ui/Icon";
import { useWishWords, type WishPart } from "../wishWords";
import { Offers } from "./Offers";

const TICK_MS = 20_000;
const DEBOUNCE_MS = 250;
const TYPED_LENGTH_MAX = 200;

interface Props {
  /** What stands in the line at first. */
  first: string;
}

/** One line in which people say what they need; it shows how it was understood, and what is free for it. */
export function QuickReserve({ first }: Props) {
  const { t } = useLingui();
  const [typed, setTyped] = useState(first);
  const [settled] = useDebouncedValue(typed, DEBOUNCE_MS);
  const asked = typed.trim() ? settled : "";
  const understood = useUnderstood(asked);
  const words = useWishWords();
  return (
    <Paper p={{ base: "md", sm: "lg" }} withBorder component="section" aria-label={t`Quick reserve`}>
      <Stack gap="sm">
        <Title order={2}>
          <Trans>What do you need?</Trans>
        </Title>
        <TextInput
          size="lg"
          aria-label={t`What do you need?`}
          placeholder={t`8 people, 2 hours, today`}
          leftSection={<Icon name="search" />}
          rightSection={typed && <CloseButton aria-label={t`Clear`} onClick={() => setTyped("")} />}
          maxLength={TYPED_LENGTH_MAX}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {!typed.trim() && <Examples onTake={setTyped} />}
        {understood && (
          <>
            <Parts parts={words(understood.wish, understood.window.minutes)} />
            {isAhead(understood.window, understood.now) ? (
              <Offers key={asked} wish={understood.wish} window={understood.window} />
            ) : (
              <Text role="status">
                <Trans>That is over already. Say another day or time.</Trans>
              </Text>
            )}
          </>
        )}
      </Stack>
    </Paper>
  );
}

/** Answer the wish of a text and where to look for it from the present on, which goes on; none if nothing was said. */
function useUnderstood(typed: string) {
  const zone = useViewerZone();
  const tick = useNow(TICK_MS);
  return useMemo(() => {
    const now = new Date(Math.max(tick.getTime(), Date.now()));
    const wish = wishAt(typed, now, zone);
    return isWish(wish) || wish.text ? { now, wish, window: windowOf(wish, now, zone) } : null;
  }, [typed, zone, tick]);
}

function Examples({ onTake }: { onTake: (typed: string) => void }) {
  const { t } = useLingui();
  const examples = [t`1 hour now`, t`8 people, 2 hours, today`, t`tomorrow 14:00 1h30m`];
  return (
    <Group gap="xs">
      {examples.map((one) => (
        <Button key={one} variant="light" radius="xl" size="sm" onClick={() => onTake(one)}>
          {one}
        </Button>
      ))}
    </Group>
  );
}

function Parts({ parts }: { parts: WishPart[] }) {
  const { t } = useLingui();
  return (
    <Group gap={6} role="status" aria-label={t`Understood as`}>
      {parts.map((one) => (
        <Badge key={one.words} variant="light" size="lg" tt="none" fw={500} leftSection={<Icon name={one.icon} size={14} />}>
          {one.words}
        </Badge>
      ))}
    </Group>
  );
}
