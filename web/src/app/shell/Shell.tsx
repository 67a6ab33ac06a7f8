import { Trans, useLingui } from "@lingui/react/macro";
import { AppShell, Box, Button, Group, Text, UnstyledButton } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { Link, Outlet } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { OwnZone } from "@/features/account/OwnZone";
import { Bell } from "@/features/notifications/Bell";
import { signOut } from "@/lib/api/session";
import { useLive } from "@/lib/live/useLive";
import { useLeaving } from "@/lib/useLeaving";
import { useSettled } from "@/lib/useSettled";
import { Icon } from "@/ui/Icon";
import { BottomLinks, SideLinks } from "./Navigation";
import { OfflineNotice } from "./OfflineNotice";
import { UpdateNotice } from "./UpdateNotice";

const Palette = lazy(() => import("./Palette"));
const Shortcuts = lazy(() => import("./Shortcuts"));

/** The frame around every page of somebody who is signed in: header, navigation, the page, the command palette. */
export function Shell() {
  useLive();
  useLeaving();
  const { t } = useLingui();
  const settled = useSettled();
  return (
    <OwnZone>
      <a className="skip-link" href="#page">
        <Trans>Skip to the page</Trans>
      </a>
      <AppShell
        header={{ height: 56 }}
        navbar={{ width: 232, breakpoint: "sm", collapsed: { mobile: true } }}
        footer={{ height: { base: 60, sm: 0 } }}
        padding={{ base: "md", sm: "xl" }}
      >
        <AppShell.Header px="md">
          <Header />
        </AppShell.Header>
        <AppShell.Navbar p="sm" visibleFrom="sm" aria-label={t`Main`}>
          <SideLinks />
        </AppShell.Navbar>
        <AppShell.Main id="page" className="shell-main">
          <OfflineNotice />
          <UpdateNotice />
          <Outlet />
        </AppShell.Main>
        <AppShell.Footer hiddenFrom="sm">
          <BottomLinks />
        </AppShell.Footer>
      </AppShell>
      {settled && (
        <Suspense>
          <Palette />
          <Shortcuts />
        </Suspense>
      )}
    </OwnZone>
  );
}

function Header() {
  const { t } = useLingui();
  return (
    <Group h="100%" justify="space-between" wrap="nowrap">
      <UnstyledButton renderRoot={(props) => <Link to="/" {...props} />} aria-label={t`Berth, to the start`}>
        <Group gap="xs" wrap="nowrap">
          <Box component="img" src="/icon.svg" alt="" w={30} h={30} />
          <Text fw={700} size="lg">
            Berth
          </Text>
        </Group>
      </UnstyledButton>
      <Group gap="xs" wrap="nowrap">
        <Button variant="default" leftSection={<Icon name="search" />} onClick={spotlight.open} aria-keyshortcuts="Control+K">
          <Trans>Go to …</Trans>
          <Text span size="xs" c="dimmed" ml="sm" visibleFrom="sm">
            Ctrl K
          </Text>
        </Button>
        <Bell />
        <Button variant="subtle" visibleFrom="sm" onClick={() => void signOut()}>
          <Trans>Sign out</Trans>
        </Button>
      </Group>
    </Group>
  );
}
