import type { components } from "@generated/schema";
import { useLingui } from "@lingui/react/macro";
import { Badge, Box, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { ruleWords } from "@/lib/api/ruleWords";
import { useLocale } from "@/lib/i18n/useLocale";
import { rangeWords } from "@/lib/time/format";
import { Icon, type IconName } from "../Icon";
import "./looks.css";

export type Look = components["schemas"]["LookShown"];

interface Props {
  label: string;
  looks: readonly Look[];
  resources: readonly { id: number; name: string; timezone: string }[];
  /** What can be decided of one, and what becomes of it. */
  children?: (look: Look) => ReactNode;
}

/** Occurrences, each with whether it can be, and with what is in its way or by which rule it is refused. */
export function Looks({ label, looks, resources, children }: Props) {
  const zone = resources[0]?.timezone ?? "UTC";
  return (
    <Box className="looks" role="region" aria-label={label} tabIndex={0}>
      <ul>
        {looks.map((look) => (
          <li key={look.occurrence}>
            <Stack gap={6}>
              <Group justify="space-between" gap={4} align="flex-start">
                <When look={look} zone={zone} />
                <Status status={look.status} />
              </Group>
              <Reasons look={look} resources={resources} zone={zone} />
              {children?.(look)}
            </Stack>
          </li>
        ))}
      </ul>
    </Box>
  );
}

function When({ look, zone }: { look: Look; zone: string }) {
  const locale = useLocale();
  const words = rangeWords(new Date(look.start), new Date(look.end), zone, locale);
  return (
    <Text size="sm" fw={600}>
      {words.date}, {words.time}
    </Text>
  );
}

function Status({ status }: { status: Look["status"] }) {
  const { t } = useLingui();
  const looks: Record<Look["status"], { color: string; icon: IconName; label: string }> = {
    free: { color: "green", icon: "check", label: t`Free` },
    busy: { color: "red", icon: "cross", label: t`Busy` },
    refused: { color: "orange", icon: "warning", label: t`Not allowed` },
  };
  const { color, icon, label } = looks[status];
  return (
    <Badge color={color} variant="light" size="lg" flex="none" tt="none" fw={600} leftSection={<Icon name={icon} size={14} />}>
      {label}
    </Badge>
  );
}

function Reasons({ look, resources, zone }: { look: Look; resources: Props["resources"]; zone: string }) {
  const { t } = useLingui();
  const locale = useLocale();
  const busy = look.busy.map((one) => {
    const words = rangeWords(new Date(one.start), new Date(one.end), zone, locale);
    const name = resources.length > 1 ? (resources.find((each) => each.id === one.resource_id)?.name ?? "") : "";
    const said = one.kind === "blackout" ? t`Closed for a time: ${words.date}, ${words.time}` : t`Reserved: ${words.date}, ${words.time}`;
    return name ? `${name} · ${said}` : said;
  });
  return [...new Set([...look.refusals.map(ruleWords), ...busy])].map((sentence) => (
    <Text key={sentence} size="sm">
      {sentence}
    </Text>
  ));
}
