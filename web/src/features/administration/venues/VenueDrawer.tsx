import type { components } from "@generated/schema";
import { useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { tellDone } from "@/ui/notice/toast";
import { ResourcePicker } from "../pickers/ResourcePicker";
import { useCreateVenue } from "./api/createVenue";
import { useRenameVenue } from "./api/renameVenue";

type Venue = components["schemas"]["VenueShown"];

interface Props {
  venue: Venue | null;
  onClose: () => void;
  /** Is told which venue was added. */
  onAdded?: (venue: Venue) => void;
}

/** Makes a venue of a resource, or names one anew. */
export function VenueDrawer({ venue, onClose, onAdded }: Props) {
  const { t } = useLingui();
  const creating = useCreateVenue();
  const renaming = useRenameVenue();
  const form = useForm({
    initialValues: { name: venue?.name ?? "", resource_id: venue ? [venue.resource_id] : ([] as number[]) },
    validate: {
      name: (name) => (name.trim() ? null : t`This is needed.`),
      resource_id: (ids) => (ids.length === 1 ? null : t`This is needed.`),
    },
  });
  const save = async ({ name, resource_id: [resource_id] }: typeof form.values) => {
    if (venue) {
      await renaming.mutateAsync({ params: { path: { venue_id: venue.id } }, body: { name: name.trim() } });
      return tellDone(t`Saved.`);
    }
    const added = await creating.mutateAsync({ body: { name: name.trim(), resource_id: resource_id! } });
    onAdded?.(added);
  };
  return (
    <FormDrawer title={venue ? t`Rename the venue` : t`New venue`} form={form} onSave={save} onClose={onClose} deed={t`Save`}>
      <TextInput label={t`Name`} maxLength={100} data-autofocus {...form.getInputProps("name")} />
      {!venue && (
        <ResourcePicker
          label={t`Resource`}
          description={t`What is reserved while something takes place in the venue.`}
          countMax={1}
          {...form.getInputProps("resource_id")}
        />
      )}
    </FormDrawer>
  );
}
