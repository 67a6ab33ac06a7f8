import type { components } from "@generated/schema";
import { useLingui } from "@lingui/react/macro";
import { SegmentedControl, Select, Switch, Text } from "@mantine/core";
import { useForm, type UseFormReturnType } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useCreateFeed } from "@/ui/calendars/api/createFeed";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useResourcesFound } from "./api/findResources";
import { useSites } from "./api/listSites";
import { useResource } from "./api/readResource";

type FeedValues = { kind: components["schemas"]["FeedCreate"]["kind"]; resource: string | null; site: string | null; titles: boolean };
type Form = UseFormReturnType<FeedValues>;

interface Props {
  me: components["schemas"]["PersonOutput"];
  /** Is told the address, which nobody learns again. */
  onMade: (url: string) => void;
  onClose: () => void;
}

/** Makes an address of one's own reservations, of a resource, or of all that is in a site. */
export function FeedDrawer({ me, onMade, onClose }: Props) {
  const { t } = useLingui();
  const creating = useCreateFeed();
  const form: Form = useForm<FeedValues>({
    initialValues: { kind: "person", resource: null, site: null, titles: true },
    validate: {
      resource: (resource, { kind }) => (kind === "resource" && !resource ? t`Choose one.` : null),
      site: (site, { kind }) => (kind === "site" && !site ? t`Choose one.` : null),
    },
  });
  const { kind } = form.values;
  const mayTitle = kind === "person" || me.role === "admin";
  const save = async ({ resource, site, titles }: FeedValues) => {
    const id = kind === "person" ? me.id : Number(kind === "resource" ? resource : site);
    const made = await creating.mutateAsync({ body: { kind, id, titles: titles && mayTitle } });
    onMade(made.url);
  };
  return (
    <FormDrawer title={t`New address`} form={form} onSave={save} onClose={onClose} deed={t`Make an address`}>
      <SegmentedControl
        aria-label={t`Of what`}
        orientation="vertical"
        fullWidth
        data={[
          { value: "person", label: t`My reservations` },
          { value: "resource", label: t`A resource` },
          { value: "site", label: t`A place` },
        ]}
        {...form.getInputProps("kind")}
        onChange={(next) => form.setValues({ kind: next as FeedValues["kind"], titles: next === "person" })}
      />
      {kind === "resource" && <ResourceSelect form={form} />}
      {kind === "site" && <SiteSelect form={form} />}
      {mayTitle ? (
        <Switch
          label={kind === "person" ? t`With titles` : t`With titles and names`}
          description={t`Otherwise whoever has the address sees no more than that it is taken.`}
          {...form.getInputProps("titles", { type: "checkbox" })}
        />
      ) : (
        <Text size="sm" c="dimmed">
          {t`Titles and names are not in it; only administrators may show them.`}
        </Text>
      )}
    </FormDrawer>
  );
}

const PAUSE_MS = 200;

function ResourceSelect({ form }: { form: Form }) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text, PAUSE_MS);
  const chosen = form.values.resource;
  const own = useResource(Number(chosen), chosen !== null).data;
  const found = useResourcesFound(asked).data?.items ?? [];
  const named = new Map([...(own ? [own] : []), ...found].map((one) => [String(one.id), one.name]));
  return (
    <Select
      label={t`Resource`}
      searchable
      data={[...named].map(([value, label]) => ({ value, label }))}
      filter={({ options }) => options}
      onSearchChange={(next) => setText([...named.values()].includes(next) ? "" : next)}
      nothingFoundMessage={t`Nothing is called like this`}
      {...form.getInputProps("resource")}
    />
  );
}

function SiteSelect({ form }: { form: Form }) {
  const { t } = useLingui();
  const sites = useSites().data?.items ?? [];
  return (
    <Select
      label={t`Place`}
      description={t`Everything in it, and in what is below it.`}
      searchable
      data={sites.map((one) => ({ value: String(one.id), label: one.path.join(" › ") }))}
      nothingFoundMessage={t`Nothing is called like this`}
      {...form.getInputProps("site")}
    />
  );
}
