import { Trans, useLingui } from "@lingui/react/macro";
import { Button, NumberInput, Paper, SegmentedControl, Stack, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { showRefusedFields } from "@/lib/api/fields";
import { machineZone, zoneWords } from "@/lib/time/format";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { useCreateResource } from "./api/createResource";

const NAME_LENGTH_MAX = 100;

/** What an administrator without resources sees first: a first one, ready to be made by one click. */
export function FirstResource() {
  const { t } = useLingui();
  const creating = useCreateResource();
  const [refusal, setRefusal] = useState<unknown>(null);
  const form = useForm({ initialValues: { name: t`Meeting room`, kind: "room", capacity: 8 as number | string } });
  const place = zoneWords(machineZone());
  const create = async ({ name, kind, capacity }: typeof form.values) => {
    setRefusal(null);
    try {
      const body = { name: name.trim(), kind, capacity: capacity === "" ? null : Number(capacity), timezone: machineZone(), tags: [], description: "", attributes: {} };
      await creating.mutateAsync({ body });
      tellDone(t`${name} can be reserved now.`);
    } catch (error) {
      if (!showRefusedFields(form, error)) setRefusal(error);
    }
  };
  const kinds = [
    { value: "room", label: t`Room` },
    { value: "desk", label: t`Desk` },
    { value: "equipment", label: t`Equipment` },
  ];
  return (
    <Paper p="lg" withBorder component="section" aria-labelledby="first-resource">
      <form noValidate onSubmit={form.onSubmit((values) => void create(values))}>
        <Stack maw={420}>
          <Title order={2} id="first-resource">
            <Trans>Make the first thing that people can reserve</Trans>
          </Title>
          <Text c="dimmed">
            <Trans>Its clocks are those of {place}. Everything can be changed later.</Trans>
          </Text>
          {refusal !== null && <ProblemAlert error={refusal} />}
          <SegmentedControl aria-label={t`Kind`} data={kinds} {...form.getInputProps("kind")} />
          <TextInput label={t`Name`} required maxLength={NAME_LENGTH_MAX} data-autofocus {...form.getInputProps("name")} />
          <NumberInput size="md" label={t`Room for how many people`} min={1} max={100_000} hideControls {...form.getInputProps("capacity")} />
          <Button type="submit" size="md" loading={creating.isPending} disabled={!form.values.name.trim()}>
            <Trans>Make it</Trans>
          </Button>
        </Stack>
      </form>
    </Paper>
  );
}
