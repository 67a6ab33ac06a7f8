import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Tabs } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { BackLink } from "@/ui/BackLink";
import type { SeatMap } from "@/ui/seats/geometry/places";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { Page } from "@/ui/Page";
import { useMap } from "./api/readMap";
import { useVenue } from "./api/readVenue";
import { MapEditor } from "./editor/MapEditor";
import { VenueDrawer } from "./VenueDrawer";
import { RemoveVenue } from "./VenuesPage";
import { Versions } from "./Versions";

type Venue = components["schemas"]["VenueShown"];

const route = getRouteApi("/signed-in/administration/venues/$venueId");
const EMPTY = { categories: [{ key: "standard", name: "Standard" }], sections: [], areas: [] };

export function VenuePage() {
  const { t } = useLingui();
  const { venueId } = route.useParams();
  const venue = useVenue(venueId);
  const one = venue.data;
  const back = (
    <BackLink to="/administration/venues">
      <Trans>Venues</Trans>
    </BackLink>
  );
  return (
    <Page title={one?.name ?? t`Venue ${venueId}`} width="wide" above={back} actions={one && <Actions venue={one} />}>
      {venue.isPending && <ListSkeleton rows={1} height={480} />}
      {venue.isError && <ProblemAlert error={venue.error} onRetry={() => void venue.refetch()} />}
      {one && <Parts key={one.id} venue={one} />}
    </Page>
  );
}

function Parts({ venue }: { venue: Venue }) {
  const { t } = useLingui();
  const { part = "map" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Tabs value={part} onChange={(next) => void navigate({ search: { part: next === "versions" ? "versions" : undefined } })}>
      <Tabs.List mb="md">
        <Tabs.Tab value="map">{t`Seat map`}</Tabs.Tab>
        <Tabs.Tab value="versions">{t`Versions`}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="map">
        <PresentMap venue={venue} />
      </Tabs.Panel>
      <Tabs.Panel value="versions">{part === "versions" && <Versions venue={venue} />}</Tabs.Panel>
    </Tabs>
  );
}

function PresentMap({ venue }: { venue: Venue }) {
  const map = useMap(venue.id, venue.map_version > 0);
  if (venue.map_version === 0) return <MapEditor venueId={venue.id} content={EMPTY} version={0} />;
  if (map.isError) return <ProblemAlert error={map.error} onRetry={() => void map.refetch()} />;
  if (!map.data) return <ListSkeleton rows={1} height={480} />;
  // The client takes a pair of numbers for a list of any length.
  return <MapEditor venueId={venue.id} content={map.data.content as SeatMap} version={map.data.version} />;
}

function Actions({ venue }: { venue: Venue }) {
  const navigate = useNavigate();
  const [naming, { open, close }] = useDisclosure();
  return (
    <Group gap="xs">
      <Button variant="default" onClick={open}>
        <Trans>Rename</Trans>
      </Button>
      <RemoveVenue venue={venue} onRemoved={() => void navigate({ to: "/administration/venues" })} />
      {naming && <VenueDrawer venue={venue} onClose={close} />}
    </Group>
  );
}
