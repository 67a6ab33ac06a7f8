import { useLingui } from "@lingui/react/macro";
import { Drawer, NavLink, Stack, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { useWaitingCount } from "@/features/approvals/useWaitingCount";
import { useMe } from "@/lib/api/readMe";
import { CountBadge } from "@/ui/CountBadge";
import { Icon } from "@/ui/Icon";
import { type Destination, DESTINATIONS, ON_PHONE } from "./destinations";

/** Answer where whoever is signed in may go. */
function useDestinations(): readonly Destination[] {
  const isAdministrator = useMe().data?.role === "admin";
  return DESTINATIONS.filter((one) => isAdministrator || !one.restricted);
}

/** The navigation of a desk, beside the page; `onChoose` is told when somebody goes somewhere. */
export function SideLinks({ shown, onChoose }: { shown?: readonly Destination[]; onChoose?: () => void }) {
  const { i18n } = useLingui();
  const allowed = useDestinations();
  return (shown ?? allowed).map((one) => (
    <NavLink
      key={one.to}
      className="nav-link"
      label={i18n._(one.label)}
      leftSection={<Icon name={one.icon} />}
      rightSection={one.counts && <Waiting />}
      onClick={onChoose}
      renderRoot={(props) => <Link to={one.to} activeProps={{ "data-active": true }} {...props} />}
    />
  ));
}

/** The navigation of a phone, below the page. */
export function BottomLinks() {
  const { i18n, t } = useLingui();
  const [opened, { open, close }] = useDisclosure();
  const allowed = useDestinations();
  const behind = allowed.slice(ON_PHONE);
  return (
    <nav className="bottom-bar" aria-label={t`Main`}>
      {allowed.slice(0, ON_PHONE).map((one) => (
        <Link key={one.to} to={one.to} className="bottom-link">
          <span className="bottom-sign">
            <Icon name={one.icon} size={22} />
            {one.counts && <Waiting />}
          </span>
          {i18n._(one.label)}
        </Link>
      ))}
      <UnstyledButton className="bottom-link" onClick={open} aria-haspopup="dialog">
        <span className="bottom-sign">
          <Icon name="more" size={22} />
          {behind.some((one) => one.counts) && <Waiting />}
        </span>
        {t`More`}
      </UnstyledButton>
      <Drawer.Root opened={opened} onClose={close} position="bottom" size="auto">
        <Drawer.Overlay />
        <Drawer.Content radius="lg">
          <Drawer.Header role="presentation">
            <Drawer.Title fw={650}>{t`More`}</Drawer.Title>
            <Drawer.CloseButton aria-label={t`Close`} />
          </Drawer.Header>
          <Drawer.Body>
            <Stack gap={4}>
              <SideLinks shown={behind} onChoose={close} />
            </Stack>
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    </nav>
  );
}

function Waiting() {
  const { t } = useLingui();
  const count = useWaitingCount();
  return <CountBadge count={count} label={t`${count} waiting`} />;
}
