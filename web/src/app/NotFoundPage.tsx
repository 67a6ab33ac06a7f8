import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { EmptyState } from "@/ui/notice/EmptyState";
import { useTitle } from "@/lib/useTitle";

export function NotFoundPage() {
  const { t } = useLingui();
  useTitle(t`Not found`);
  return (
    <main>
      <EmptyState
        level={1}
        icon="search"
        title={t`There is no such page`}
        action={
          <Button renderRoot={(props) => <Link to="/" {...props} />}>
            <Trans>Go to the start</Trans>
          </Button>
        }
      >
        <Trans>The address may be mistyped, or what was here is gone.</Trans>
      </EmptyState>
    </main>
  );
}
