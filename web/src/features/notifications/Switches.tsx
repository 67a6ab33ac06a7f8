import type { components } from "@generated/schema";
import { useLingui } from "@lingui/react/macro";
import { Switch, Table, Text } from "@mantine/core";
import { kindLabel } from "./kinds";

type Preferences = components["schemas"]["PreferencesShown"];
type Preference = components["schemas"]["Preference"];

interface Props {
  preferences: Preferences;
  onChange: (next: Preferences) => void;
}

const CHANNELS = ["in_app", "email"] as const;

/** A row for each kind of news, and apart for one's own doings where that matters; a column for each channel. */
export function Switches({ preferences, onChange }: Props) {
  const { t, i18n } = useLingui();
  const rows = preferences.items.filter((one) => one.channel === "in_app");
  const both = new Set(rows.filter((one) => one.by_self).map((one) => one.kind));
  const channels = { in_app: t`In Berth`, email: t`By e-mail` };
  const doer = (one: Preference) => (one.by_self ? t`by myself` : t`by others`);
  const toggle = (concerned: Preference) =>
    onChange({
      ...preferences,
      items: preferences.items.map((one) => (one === concerned ? { ...one, enabled: !one.enabled } : one)),
    });
  return (
    <Table verticalSpacing="sm" horizontalSpacing="xs" layout="auto">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t`What happens`}</Table.Th>
          {CHANNELS.map((channel) => (
            <Table.Th key={channel}>{channels[channel]}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={`${row.kind}-${row.by_self}`}>
            <Table.Th scope="row" fw={400}>
              {i18n._(kindLabel(row.kind))}
              {both.has(row.kind) && (
                <Text size="sm" c="dimmed">
                  {doer(row)}
                </Text>
              )}
            </Table.Th>
            {CHANNELS.map((channel) => {
              const one = preferences.items.find(
                (each) => each.kind === row.kind && each.by_self === row.by_self && each.channel === channel,
              );
              const name = [i18n._(kindLabel(row.kind)), both.has(row.kind) ? doer(row) : "", channels[channel]];
              return (
                <Table.Td key={channel}>
                  {one && (
                    <Switch
                      size="md"
                      checked={one.enabled}
                      aria-label={name.filter(Boolean).join(", ")}
                      onChange={() => toggle(one)}
                    />
                  )}
                </Table.Td>
              );
            })}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
