import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Button, Group, Switch, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useLocale } from "@/lib/i18n/useLocale";
import { rangeWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { Icon } from "@/ui/Icon";
import { tellDone } from "@/ui/notice/toast";
import { useSites } from "./api/listSites";
import { useSaveSearch } from "./api/saveSearch";

const route = getRouteApi("/signed-in/find");
const NAME_LENGTH_MAX = 100;

/** The way to keep what is looked for, and to be told when something that fits becomes free; it needs a time. */
export function SaveSearch() {
  const { from, until } = route.useSearch();
  const [isOpen, { open, close }] = useDisclosure();
  if (!from || !until) return null;
  return (
    <Group gap="md">
      <Button variant="light" leftSection={<Icon name="bookmark" />} onClick={open}>
        <Trans>Save this search</Trans>
      </Button>
      <Anchor renderRoot={(props) => <Link to="/searches" {...props} />}>
        <Trans>Saved searches</Trans>
      </Anchor>
      {isOpen && <SaveDrawer from={from} until={until} onClose={close} />}
    </Group>
  );
}

function SaveDrawer({ from, until, onClose }: { from: string; until: string; onClose: () => void }) {
  const { t } = useLingui();
  const wanted = route.useSearch();
  const saving = useSaveSearch();
  const form = useForm({
    initialValues: { name: useProposedName(from, until), notify: true },
    validate: { name: (name) => (name.trim() ? null : t`This is needed.`) },
  });
  const save = async ({ name, notify }: { name: string; notify: boolean }) => {
    const any_of = {
      text: wanted.text ?? null,
      kind: wanted.kind ?? null,
      tags: wanted.tags ?? [],
      site_id: wanted.site ?? null,
      capacity_min: wanted.capacity ?? null,
    };
    await saving.mutateAsync({ body: { name, notify, any_of, start: from, end: until, minutes: wanted.minutes ?? null } });
    tellDone(notify ? t`The search is saved. You will be told when something that fits becomes free.` : t`The search is saved.`);
  };
  return (
    <FormDrawer title={t`Save this search`} form={form} onSave={save} onClose={onClose} deed={t`Save the search`}>
      <TextInput label={t`Name`} required maxLength={NAME_LENGTH_MAX} data-autofocus {...form.getInputProps("name")} />
      <Switch
        size="md"
        label={t`Tell me when something that fits becomes free`}
        description={t`In Berth and by e-mail, as you have chosen for your notifications.`}
        {...form.getInputProps("notify", { type: "checkbox" })}
      />
      <Text size="sm" c="dimmed">
        <Trans>Nothing is kept for you: whoever reserves it first has it. The search ends by itself when its time has passed.</Trans>
      </Text>
    </FormDrawer>
  );
}

/** Answer a name made of what is looked for and when. */
function useProposedName(from: string, until: string): string {
  const { t } = useLingui();
  const { text, kind, tags, site, capacity } = route.useSearch();
  const sites = useSites().data?.items ?? [];
  const locale = useLocale();
  const zone = useViewerZone();
  const when = rangeWords(new Date(from), new Date(until), zone, locale);
  const place = sites.find((one) => one.id === site)?.name;
  const what = [text, kind, tags?.join(", "), place, capacity && t`${capacity} people`].filter(Boolean).join(", ");
  return `${what || t`Anything`} – ${when.date}, ${when.time}`.slice(0, NAME_LENGTH_MAX);
}
