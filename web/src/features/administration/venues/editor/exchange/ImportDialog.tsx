import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, FileInput, Group, Modal, NumberInput, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { SeatMap } from "@/ui/seats/geometry/places";
import { Icon } from "@/ui/Icon";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { useReadDrawing } from "../../api/readDrawing";
import type { Editor } from "../useEditor";
import { readMap } from "./readMap";

/** Takes a whole map from a file: the documented JSON, or an SVG with a shape for each seat. It can be undone. */
export function ImportDialog({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const { t } = useLingui();
  const readDrawing = useReadDrawing();
  const [file, setFile] = useState<File | null>(null);
  const [scale, setScale] = useState<number | string>(1);
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const isDrawing = file !== null && /\.svg$/i.test(file.name);
  const take = (map: SeatMap) => {
    editor.replace(map);
    onClose();
  };
  const read = async () => {
    if (!file) return setFault(t`Choose a file first.`);
    setBusy(true);
    setFault(null);
    setRefusal(null);
    try {
      if (isDrawing) return take(await readDrawing(await file.text(), Number(scale) || 1));
      const found = readMap(await file.text());
      if ("map" in found) take(found.map);
      else setFault(found.fault);
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal.Root opened onClose={onClose} centered>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body component={Stack}>
          <Modal.Title fz="h2" fw={650}>{t`Import a file`}</Modal.Title>
        <Text size="sm">
          <Trans>The map of the file takes the place of this one. It can be undone, and is saved only when you save it.</Trans>
        </Text>
        {fault && <Alert color="red" role="alert" icon={<Icon name="warning" />} title={t`This is no seat map`}>{fault}</Alert>}
        {refusal !== null && <ProblemAlert error={refusal} />}
        <FileInput label={t`File`} description={t`JSON or SVG`} accept=".json,.svg,application/json,image/svg+xml" value={file} onChange={setFile} />
        {isDrawing && <NumberInput label={t`Centimetres for a unit of the drawing`} min={0.001} max={10_000} value={scale} onChange={setScale} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Back</Trans>
          </Button>
          <Button loading={isBusy} onClick={() => void read()}>
            <Trans>Import</Trans>
          </Button>
        </Group>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
