import { Badge } from "@mantine/core";

const COUNT_MAX = 99;

/** How many wait; nothing if none do. Where it stands says what is counted. */
export function CountBadge({ count, label }: { count: number; label: string }) {
  if (count === 0) return null;
  return (
    <Badge size="sm" circle={count < 10} color="red.9" variant="filled" aria-label={label} role="img">
      {count > COUNT_MAX ? `${COUNT_MAX}+` : count}
    </Badge>
  );
}
