import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { EmptyState } from "@/ui/notice/EmptyState";

/** Stands where a page broke, or could not be loaded; loading it anew mends both as a rule. */
export function PageError() {
  const { t } = useLingui();
  return (
    <EmptyState
      level={1}
      icon="warning"
      title={navigator.onLine ? t`This page cannot be shown` : t`You are offline`}
      action={
        <Button onClick={() => location.reload()}>
          <Trans>Load it again</Trans>
        </Button>
      }
    >
      {navigator.onLine ? (
        <Trans>Something went wrong here. What you have reserved is not touched by it.</Trans>
      ) : (
        <Trans>This page was not kept on this device. It will be there when you are back online.</Trans>
      )}
    </EmptyState>
  );
}
