import { Trans, useLingui } from "@lingui/react/macro";
import { Tabs } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { BackLink } from "@/ui/BackLink";
import { Page } from "@/ui/Page";
import { Feeds } from "./feeds/Feeds";
import { Outside } from "./outside/Outside";
import { Programs } from "./programs/Programs";
import type { Part } from "./search";

const route = getRouteApi("/signed-in/profile/calendars");

/** What other programs are told of one's reservations, and what one's own calendars tell Berth. */
export function CalendarsPage() {
  const { t } = useLingui();
  const { part = "feeds" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page
      title={t`Calendars`}
      above={
        <BackLink to="/profile">
          <Trans>Profile</Trans>
        </BackLink>
      }
    >
      <Tabs value={part} onChange={(next) => void navigate({ search: { part: next === "feeds" ? undefined : (next as Part) } })} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="feeds">{t`Addresses`}</Tabs.Tab>
          <Tabs.Tab value="programs">{t`App passwords`}</Tabs.Tab>
          <Tabs.Tab value="outside">{t`From outside`}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="feeds">
          <Feeds />
        </Tabs.Panel>
        <Tabs.Panel value="programs">
          <Programs />
        </Tabs.Panel>
        <Tabs.Panel value="outside">
          <Outside />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
