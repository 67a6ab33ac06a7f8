import { useLingui } from "@lingui/react/macro";
import { Button, Group, Textarea } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { Icon } from "../Icon";

/** Something that is shown once, all of it, to be taken elsewhere. Without https no page may copy: then it is selected at least. */
export function SecretField({ label, value }: { label: string; value: string }) {
  const { t } = useLingui();
  const clipboard = useClipboard({ timeout: 3000 });
  return (
    <Group gap="xs" align="flex-end">
      <Textarea
        flex="1 1 260px"
        autosize
        minRows={1}
        label={label}
        readOnly
        value={value}
        styles={{ input: { fontFamily: "monospace" } }}
        onFocus={(event) => event.currentTarget.select()}
      />
      {"clipboard" in navigator && (
        <Button variant="default" size="md" px="sm" leftSection={<Icon name={clipboard.copied ? "check" : "copy"} size={16} />} aria-label={clipboard.copied ? t`Copied: ${label}` : t`Copy: ${label}`} onClick={() => clipboard.copy(value)}>
          {clipboard.copied ? t`Copied` : t`Copy`}
        </Button>
      )}
    </Group>
  );
}
