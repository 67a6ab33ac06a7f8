import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Modal, UnstyledButton } from "@mantine/core";
import { useIdle, useWindowEvent } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { asProblem } from "@/lib/api/problem";
import { Icon } from "@/ui/Icon";
import { tellDone } from "@/ui/notice/toast";
import { useCheckInHere } from "../api/checkInHere";
import { useCheckOutHere } from "../api/checkOutHere";
import { CodeCamera } from "./CodeCamera";
import classes from "../door.module.css";

export type Deed = "in" | "out";

const DIGITS = 6;
const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "back"] as const;
const LEFT_ALONE_MS = 45_000;

interface Props {
  resourceId: number;
  deed: Deed;
  onClose: () => void;
}

/** Takes a code: by keypad, by keyboard or by camera. Left alone, it closes, so that nobody finds half a code. */
export function CodeDialog({ resourceId, deed, onClose }: Props) {
  const { t } = useLingui();
  const [typed, setTyped] = useState("");
  const checkIn = useCheckInHere();
  const checkOut = useCheckOutHere();
  const trying = deed === "in" ? checkIn : checkOut;
  const tryCode = (code: string) => {
    const done = () => {
      tellDone(deed === "in" ? t`Checked in. Welcome!` : t`Checked out. Thank you!`);
      onClose();
    };
    trying.mutate({ params: { path: { resource_id: resourceId } }, body: { code } }, { onSuccess: done, onError: () => setTyped("") });
  };
  const press = (key: string) => {
    if (trying.isPending) return;
    const next = key === "back" ? typed.slice(0, -1) : (typed + key).slice(0, DIGITS);
    if (key !== "back") trying.reset();
    setTyped(next);
    if (next.length === DIGITS && key !== "back") tryCode(next);
  };
  useWindowEvent("keydown", (event) => {
    if (/^\d$/.test(event.key)) press(event.key);
    else if (event.key === "Backspace") press("back");
  });
  const alone = useIdle(LEFT_ALONE_MS, { initialState: false });
  useEffect(() => {
    if (alone) onClose();
  }, [alone, onClose]);

  return (
    <Modal.Root opened onClose={onClose} fullScreen transitionProps={{ duration: 0 }}>
      <Modal.Content>
        <Modal.Body className={classes.dialog}>
          <div className={classes.asking}>
            <Modal.Title className={classes.question}>{deed === "in" ? t`Check in` : t`Check out`}</Modal.Title>
            <p>
              <Trans>Type the code of your reservation, or show its QR code.</Trans>
            </p>
            <Typed length={typed.length} />
            <p className={classes.answer} role="alert">
              <Answer error={trying.error} />
            </p>
            <CodeCamera onCode={tryCode} isBusy={trying.isPending} />
            <Button className={classes.deed} variant="default" onClick={onClose}>
              <Trans>Back</Trans>
            </Button>
          </div>
          <div className={classes.keypad}>
            {KEYS.map((key) =>
              key === "" ? (
                <span key="none" />
              ) : (
                <UnstyledButton key={key} className={classes.key} aria-label={key === "back" ? t`Delete the last digit` : key} onClick={() => press(key)}>
                  {key === "back" ? <Icon name="left" size={32} /> : key}
                </UnstyledButton>
              ),
            )}
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Typed({ length }: { length: number }) {
  const { t } = useLingui();
  return (
    <div className={classes.typed} role="img" aria-label={t`${length} of ${DIGITS} digits typed`}>
      {Array.from({ length: DIGITS }, (_, place) => (
        <span key={place} data-filled={place < length || undefined} />
      ))}
    </div>
  );
}

function Answer({ error }: { error: unknown }) {
  if (!error) return null;
  const problem = asProblem(error);
  if (problem.kind === "wrong-code") return <Trans>This is not the code of a reservation here. Try again.</Trans>;
  if (problem.kind === "not-now") return <Trans>No reservation can be checked in or out here now: come in its time.</Trans>;
  if (problem.kind === "too-many-tries") return <Trans>Too many wrong codes were typed here. Wait some minutes.</Trans>;
  return problem.sentence;
}
