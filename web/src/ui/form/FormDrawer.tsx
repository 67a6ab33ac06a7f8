import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Drawer, Group, Stack } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { type ReactNode, useState } from "react";
import { useSaving } from "@/lib/api/saving";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { DiscardQuestion, UnsavedGuard } from "./UnsavedGuard";

interface Props<Values extends Record<string, unknown>> {
  title: string;
  form: UseFormReturnType<Values>;
  /** Saves it; the drawer closes when it is done, and shows what is refused. */
  onSave: (values: Values) => Promise<unknown>;
  onClose: () => void;
  /** The words of the button that saves. */
  deed: string;
  children: ReactNode;
}

/** A form at the side of its page, over all of it on a phone; closing it asks first if something would be lost. */
export function FormDrawer<Values extends Record<string, unknown>>(props: Props<Values>) {
  const { title, form, onSave, onClose, deed, children } = props;
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const saving = useSaving(form, async (values) => {
    await onSave(values);
    onClose();
  });
  const dirty = form.isDirty();
  const leave = () => (dirty ? setAsking(true) : onClose());
  return (
    <Drawer.Root opened onClose={leave} position="right" size="lg">
      <Drawer.Overlay />
      <Drawer.Content>
        {/* It is no banner: that is the header of the page. */}
        <Drawer.Header role="presentation">
          <Drawer.Title fz="h2" fw={650}>
            {title}
          </Drawer.Title>
          <Drawer.CloseButton aria-label={t`Close`} />
        </Drawer.Header>
        <Drawer.Body>
          <form noValidate onSubmit={saving.submit}>
            <Stack>
              {saving.refusal !== null && <ProblemAlert error={saving.refusal} />}
              {children}
              <Group justify="flex-end" mt="sm">
                <Button variant="default" onClick={leave}>
                  <Trans>Back</Trans>
                </Button>
                <Button type="submit" loading={saving.busy}>
                  {deed}
                </Button>
              </Group>
            </Stack>
          </form>
        </Drawer.Body>
      </Drawer.Content>
      <UnsavedGuard dirty={dirty && !saving.busy} />
      {asking && <DiscardQuestion onKeep={() => setAsking(false)} onDiscard={onClose} />}
    </Drawer.Root>
  );
}
