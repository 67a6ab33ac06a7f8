import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Indicator } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Icon } from "@/ui/Icon";
import { useUnreadCount } from "./api/readUnreadCount";

const COUNT_MAX = 99;

/** Leads to the notifications, and says how many are not read. */
export function Bell() {
  const { t } = useLingui();
  const unread = useUnreadCount().data?.unread ?? 0;
  return (
    <Indicator
      disabled={unread === 0}
      label={unread > COUNT_MAX ? `${COUNT_MAX}+` : unread}
      size={18}
      offset={4}
      color="red.9"
      aria-hidden={false}
    >
      <ActionIcon
        variant="default"
        size={36}
        aria-label={unread > 0 ? t`Notifications, ${unread} unread` : t`Notifications`}
        renderRoot={(props) => <Link to="/notifications" {...props} />}
      >
        <Icon name="bell" />
      </ActionIcon>
    </Indicator>
  );
}
