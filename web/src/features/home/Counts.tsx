import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button, Group } from "@mantine/core";
import { Link, type LinkProps } from "@tanstack/react-router";
import { Icon, type IconName } from "@/ui/Icon";
import { APPROVALS_COUNTED_MAX, useApprovalCount } from "./api/countApprovals";
import { useUnreadCount } from "./api/countUnread";

/** What waits for the reader; nothing is said of what does not wait. */
export function Counts() {
  const { t } = useLingui();
  const approvals = useApprovalCount().data ?? 0;
  const unread = useUnreadCount().data?.unread ?? 0;
  const many = APPROVALS_COUNTED_MAX;
  if (approvals === 0 && unread === 0) return null;
  return (
    <Group gap="sm">
      {approvals > 0 && (
        <Count to={"/approvals" as string as LinkProps["to"]} icon="check">
          {approvals > many ? t`More than ${many} requests wait for you` : t`${plural(approvals, { one: "# request waits for you", other: "# requests wait for you" })}`}
        </Count>
      )}
      {unread > 0 && (
        <Count to={"/notifications" as string as LinkProps["to"]} icon="warning">
          {t`${plural(unread, { one: "# unread notification", other: "# unread notifications" })}`}
        </Count>
      )}
    </Group>
  );
}

function Count({ to, icon, children }: { to: LinkProps["to"]; icon: IconName; children: string }) {
  return (
    <Button variant="light" leftSection={<Icon name={icon} />} renderRoot={(props) => <Link to={to} {...props} />}>
      {children}
    </Button>
  );
}
