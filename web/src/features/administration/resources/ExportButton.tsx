import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { keepFile } from "@/lib/download";
import { Icon } from "@/ui/Icon";
import { tellProblem } from "@/ui/notice/toast";
import { exportResources } from "./api/exportResources";

/** Keeps all resources as a CSV file. */
export function ExportButton() {
  const exporting = useMutation({
    mutationFn: exportResources,
    onSuccess: (file) => keepFile(file, "resources.csv"),
    onError: tellProblem,
  });
  return (
    <Button variant="default" leftSection={<Icon name="down" />} loading={exporting.isPending} onClick={() => exporting.mutate()}>
      <Trans>Export</Trans>
    </Button>
  );
}
