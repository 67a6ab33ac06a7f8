import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { qrReader } from "@/lib/qr/reader";
import { Icon } from "@/ui/Icon";
import { codeOfLink } from "./checkInLink";
import classes from "../door.module.css";

const LOOK_EVERY_MS = 200;

type State = "off" | "looking" | "denied" | "strange";

/** Looks for the QR code of a reservation; the pictures never leave the device. */
export function CodeCamera({ onCode, isBusy }: { onCode: (code: string) => void; isBusy: boolean }) {
  const { t } = useLingui();
  const [state, setState] = useState<State>("off");
  const video = useRef<HTMLVideoElement>(null);
  const on = state === "looking" || state === "strange";
  useEffect(() => {
    if (!on || isBusy || !video.current) return;
    return look(video.current, {
      denied: () => setState("denied"),
      found: (text) => {
        const code = codeOfLink(text);
        if (code === null) return setState("strange");
        setState("off");
        onCode(code);
      },
    });
  }, [on, isBusy, onCode]);
  if (!navigator.mediaDevices) return null; // without a secure connection browsers lend no camera
  return (
    <div className={classes.camera}>
      {on ? (
        <video ref={video} className={classes.video} muted playsInline aria-label={t`What the camera sees`} />
      ) : (
        <Button className={classes.deed} variant="light" leftSection={<Icon name="search" size={24} />} onClick={() => setState("looking")}>
          <Trans>Show a QR code</Trans>
        </Button>
      )}
      <p role="status">
        {state === "denied" && <Trans>There is no camera here that may be used; type the code.</Trans>}
        {state === "strange" && <Trans>This QR code has no code of a reservation.</Trans>}
      </p>
    </div>
  );
}

interface Told {
  found: (text: string) => void;
  denied: () => void;
}

/** Look through the camera until told to stop, which is what it answers. */
function look(video: HTMLVideoElement, told: Told): () => void {
  let over = false;
  let stream: MediaStream | null = null;
  const begin = async () => {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user" } });
    if (over) return stop();
    video.srcObject = stream;
    await video.play();
    const read = await qrReader();
    while (!over) {
      const text = await read(video);
      if (text !== null && !over) told.found(text);
      await new Promise((go) => setTimeout(go, LOOK_EVERY_MS));
    }
  };
  const stop = () => {
    over = true;
    stream?.getTracks().forEach((track) => track.stop());
  };
  begin().catch(() => {
    if (!over) told.denied();
  });
  return stop;
}
