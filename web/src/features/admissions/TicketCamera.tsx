import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { qrReader } from "@/lib/qr/reader";
import { Icon } from "@/ui/Icon";
import classes from "./admissions.module.css";
import { asPrinted, Repeats } from "./judging";

const LOOK_EVERY_MS = 150;

type State = "off" | "on" | "denied";

/** Reads ticket after ticket by the camera; the pictures never leave the device. */
export function TicketCamera({ onCode }: { onCode: (code: string) => void }) {
  const { t } = useLingui();
  const [state, setState] = useState<State>("off");
  const video = useRef<HTMLVideoElement>(null);
  const on = state === "on";
  useEffect(() => {
    if (!on || !video.current) return;
    const repeats = new Repeats();
    const found = (text: string) => {
      const code = asPrinted(text).slice(0, 100);
      if (!repeats.isAgain(code, Date.now())) onCode(code);
    };
    return look(video.current, found, () => setState("denied"));
  }, [on, onCode]);
  if (!navigator.mediaDevices) return null; // without a secure connection browsers lend no camera
  return (
    <div className={classes.camera}>
      {on && <video ref={video} className={classes.video} muted playsInline aria-label={t`What the camera sees`} />}
      <Button variant="default" leftSection={<Icon name={on ? "cross" : "frame"} />} onClick={() => setState(on ? "off" : "on")}>
        {on ? <Trans>Stop the camera</Trans> : <Trans>Read by camera</Trans>}
      </Button>
      <p role="status">{state === "denied" && <Trans>There is no camera here that may be used; type the code.</Trans>}</p>
    </div>
  );
}

/** Look through the camera until told to stop, which is what it answers. */
function look(video: HTMLVideoElement, found: (text: string) => void, denied: () => void): () => void {
  let over = false;
  let stream: MediaStream | null = null;
  const stop = () => {
    over = true;
    stream?.getTracks().forEach((track) => track.stop());
  };
  const begin = async () => {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    if (over) return stop();
    video.srcObject = stream;
    await video.play();
    const read = await qrReader();
    while (!over) {
      const text = await read(video);
      if (text && !over) found(text);
      await new Promise((go) => setTimeout(go, LOOK_EVERY_MS));
    }
  };
  begin().catch(() => {
    if (!over) denied();
    stop();
  });
  return stop;
}
