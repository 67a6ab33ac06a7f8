import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { tellDone } from "@/ui/notice/toast";
import { useCreateResource } from "./api/createResource";
import { bodyOf, ResourceFields, useResourceForm } from "./resourceForm";

/** Makes a resource, and shows it. */
export function ResourceDrawer({ siteId, onClose }: { siteId: number | null; onClose: () => void }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const creating = useCreateResource();
  const form = useResourceForm({
    name: "",
    kind: "",
    site_id: siteId,
    capacity: "",
    timezone: null,
    tags: [],
    description: "",
    attributes: [],
  });
  const save = async (values: typeof form.values) => {
    const made = await creating.mutateAsync({ body: bodyOf(values) });
    tellDone(t`${made.name} is there.`);
    void navigate({ to: "/administration/resources/$resourceId", params: { resourceId: made.id }, ignoreBlocker: true });
  };
  return (
    <FormDrawer title={t`New resource`} form={form} onSave={save} onClose={onClose} deed={t`Make the resource`}>
      <ResourceFields form={form} />
    </FormDrawer>
  );
}
