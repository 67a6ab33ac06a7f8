import { useLingui } from "@lingui/react/macro";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { tellDone } from "@/ui/notice/toast";
import { useCreateSite } from "./api/createSite";
import { SiteFields, useSiteForm } from "./siteForm";

/** Makes a site. */
export function SiteDrawer({ parentId, onClose }: { parentId: number | null; onClose: () => void }) {
  const { t } = useLingui();
  const creating = useCreateSite();
  const form = useSiteForm({ name: "", kind: "building", parent_id: parentId, timezone: null });
  const save = async (body: typeof form.values) => {
    await creating.mutateAsync({ body });
    tellDone(t`The site is there.`);
  };
  return (
    <FormDrawer title={t`New site`} form={form} onSave={save} onClose={onClose} deed={t`Make the site`}>
      <SiteFields form={form} />
    </FormDrawer>
  );
}
