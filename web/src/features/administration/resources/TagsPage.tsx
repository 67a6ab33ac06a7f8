import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { BackLink } from "@/ui/BackLink";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { EmptyState } from "@/ui/notice/EmptyState";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { Page } from "@/ui/Page";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { RecordTable } from "@/ui/table/RecordTable";
import { tellDone } from "@/ui/notice/toast";
import { useTags } from "../pickers/api/listTags";
import { useRemoveTag } from "./api/removeTag";
import { useRenameTag } from "./api/renameTag";

type Tag = components["schemas"]["TagShape"];

export function TagsPage() {
  const { t } = useLingui();
  const tags = useTags();
  const [renaming, setRenaming] = useState<Tag | null>(null);
  return (
    <Page
      title={t`Tags`}
      above={
        <BackLink to="/administration">
          <Trans>Administration</Trans>
        </BackLink>
      }
    >
      {tags.isPending && <ListSkeleton height={56} />}
      {tags.isError && <ProblemAlert error={tags.error} onRetry={() => void tags.refetch()} />}
      {tags.data?.items.length === 0 && (
        <EmptyState icon="tag" title={t`No tags yet`}>
          <Trans>Give tags to resources, such as “projector”; they are listed here.</Trans>
        </EmptyState>
      )}
      {tags.data && tags.data.items.length > 0 && (
        <RecordTable
          label={t`Tags`}
          rows={tags.data.items}
          rowKey={(one) => one.tag}
          columns={[
            { key: "tag", title: t`Tag`, cell: (one) => one.tag },
            { key: "resources", title: t`Resources`, kind: "number", cell: (one) => one.resources },
            {
              key: "deeds",
              title: t`Deeds`,
              kind: "action",
              cell: (one) => (
                <Group gap="xs" wrap="nowrap">
                  <Button size="compact-md" variant="default" onClick={() => setRenaming(one)}>
                    <Trans>Rename</Trans>
                  </Button>
                  <RemoveTag tag={one} />
                </Group>
              ),
            },
          ]}
        />
      )}
      {renaming && <RenameDrawer tag={renaming.tag} onClose={() => setRenaming(null)} />}
    </Page>
  );
}

function RenameDrawer({ tag, onClose }: { tag: string; onClose: () => void }) {
  const { t } = useLingui();
  const renaming = useRenameTag();
  const form = useForm({ initialValues: { name: tag }, validate: { name: (name) => (name.trim() ? null : t`This is needed.`) } });
  const save = async (body: typeof form.values) => {
    await renaming.mutateAsync({ params: { path: { tag } }, body });
    tellDone(t`The tag is renamed everywhere.`);
  };
  return (
    <FormDrawer title={t`Rename ${tag}`} form={form} onSave={save} onClose={onClose} deed={t`Rename the tag`}>
      <TextInput label={t`New name`} maxLength={50} description={t`If there is a tag of this name, the two become one.`} {...form.getInputProps("name")} />
    </FormDrawer>
  );
}

function RemoveTag({ tag }: { tag: Tag }) {
  const { t } = useLingui();
  const removing = useRemoveTag();
  const count = tag.resources;
  return (
    <ConfirmButton
      size="compact-md"
      question={t`Remove ${tag.tag}?`}
      consequence={<Trans>It is taken off every resource that has it ({count}).</Trans>}
      deed={t`Remove the tag`}
      busy={removing.isPending}
      onConfirm={() => removing.mutateAsync({ params: { path: { tag: tag.tag } } })}
      more={removing.isError && <ProblemAlert error={removing.error} />}
    >
      <Trans>Remove</Trans>
    </ConfirmButton>
  );
}
