import { Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type ReactNode, useState } from "react";
import type { Wait } from "./wait";
import { WaitForm } from "./WaitForm";

interface Waiting {
  /** Opens the dialogue with what is to be waited for, to be completed and sent. */
  open: (wait: Wait) => void;
  /** Belongs somewhere into the page. */
  dialog: ReactNode;
}

/** Answer how a page lets people stand in line: `waiting.open({…})`, with `{waiting.dialog}` in the page. */
export function useWait(): Waiting {
  const phone = useMediaQuery("(max-width: 36em)");
  const [wait, setWait] = useState<Wait | null>(null);
  const close = () => setWait(null);
  const dialog = (
    <Modal.Root opened={wait !== null} onClose={close} centered={!phone} fullScreen={phone}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body p="lg">{wait && <WaitForm wait={wait} onBack={close} onClose={close} />}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
  return { open: setWait, dialog };
}
