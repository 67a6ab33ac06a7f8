import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { Link, Outlet } from "@tanstack/react-router";
import { useMe } from "@/lib/api/readMe";
import { useTitle } from "@/lib/useTitle";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";

/** Lets administrators to their pages, and tells everybody else kindly where they are. */
export function Administration() {
  const me = useMe();
  if (me.isPending) return <ListSkeleton />;
  if (me.isError) return <ProblemAlert error={me.error} onRetry={() => void me.refetch()} />;
  return me.data.role === "admin" ? <Outlet /> : <ForAdministrators />;
}

function ForAdministrators() {
  const { t } = useLingui();
  useTitle(t`Administration`);
  return (
    <EmptyState
      level={1}
      icon="gear"
      title={t`This is for administrators`}
      action={
        <Button renderRoot={(props) => <Link to="/" {...props} />}>
          <Trans>Go to the start</Trans>
        </Button>
      }
    >
      <Trans>Resources, people and rules are kept here. If you should be able to change them, ask an administrator to give you the role.</Trans>
    </EmptyState>
  );
}
