import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone, tellProblem } from "@/ui/notice/toast";
import { useChangeSearch } from "./api/changeSearch";
import { useRemoveSearch } from "./api/removeSearch";
import type { Search } from "./SearchCard";

const NAME_LENGTH_MAX = 100;

/** What can be done with a saved search; one whose time has passed can only be removed. */
export function SearchButtons({ search: one }: { search: Search }) {
  const { t } = useLingui();
  const changing = useChangeSearch();
  const removing = useRemoveSearch();
  const [isRenaming, { open, close }] = useDisclosure();
  const { name } = one;
  const path = { params: { path: { search_id: one.id } } };
  const notify = (next: boolean) => changing.mutate({ ...path, body: { notify: next } }, { onError: tellProblem });
  const remove = async () => {
    await removing.mutateAsync(path);
    tellDone(t`The search is removed.`);
  };
  return (
    <Group gap="sm">
      {one.state === "live" && (
        <>
          <Button aria-label={t`Open in Find: ${name}`} renderRoot={(props) => <Link to="/find" search={findSearchOf(one)} {...props} />}>
            <Trans>Open in Find</Trans>
          </Button>
          <Button variant="default" loading={changing.isPending} aria-label={one.notify ? t`Pause ${name}` : t`Resume ${name}`} onClick={() => notify(!one.notify)}>
            {one.notify ? t`Pause` : t`Resume`}
          </Button>
          <Button variant="default" aria-label={t`Rename ${name}`} onClick={open}>
            <Trans>Rename</Trans>
          </Button>
        </>
      )}
      <ConfirmButton
        aria-label={t`Remove ${name}`}
        question={t`Remove this search?`}
        consequence={t`“${name}” is gone then, and you are not told any more of what it finds.`}
        deed={t`Remove the search`}
        busy={removing.isPending}
        onConfirm={remove}
        more={removing.error && <ProblemAlert error={removing.error} />}
      >
        <Trans>Remove</Trans>
      </ConfirmButton>
      {isRenaming && <RenameDrawer search={one} onClose={close} />}
    </Group>
  );
}

function RenameDrawer({ search: one, onClose }: { search: Search; onClose: () => void }) {
  const { t } = useLingui();
  const changing = useChangeSearch();
  const form = useForm({
    initialValues: { name: one.name },
    validate: { name: (name) => (name.trim() ? null : t`This is needed.`) },
  });
  const save = ({ name }: { name: string }) => changing.mutateAsync({ params: { path: { search_id: one.id } }, body: { name } });
  return (
    <FormDrawer title={t`Rename the search`} form={form} onSave={save} onClose={onClose} deed={t`Save`}>
      <TextInput label={t`Name`} required maxLength={NAME_LENGTH_MAX} data-autofocus {...form.getInputProps("name")} />
    </FormDrawer>
  );
}

/** Answer what Find is asked, so that it shows what the search finds. */
function findSearchOf({ any_of: wish, start, end, minutes }: Search) {
  return {
    text: wish.text ?? undefined,
    kind: wish.kind ?? undefined,
    tags: wish.tags.length > 0 ? wish.tags : undefined,
    site: wish.site_id ?? undefined,
    capacity: wish.capacity_min ?? undefined,
    from: start,
    until: end,
    minutes: minutes ?? undefined,
    view: "list" as const,
  };
}
