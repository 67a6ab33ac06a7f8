import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { BackLink } from "@/ui/BackLink";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { Icon } from "@/ui/Icon";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { Page } from "@/ui/Page";
import { PagedTable } from "@/ui/table/PagedTable";
import { useResourcesOf } from "../pickers/api/readResources";
import { useVenues } from "./api/listVenues";
import { useRemoveVenue } from "./api/removeVenue";
import { VenueDrawer } from "./VenueDrawer";

type Venue = components["schemas"]["VenueShown"];

export function VenuesPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const list = useVenues();
  const [making, { open, close }] = useDisclosure();
  const [naming, setNaming] = useState<Venue | null>(null);
  const back = (
    <BackLink to="/administration">
      <Trans>Administration</Trans>
    </BackLink>
  );
  const add = (
    <Button leftSection={<Icon name="plus" />} onClick={open}>
      <Trans>New venue</Trans>
    </Button>
  );
  const columns = [
    {
      key: "name",
      title: t`Name`,
      cell: (one: Venue) => (
        <Anchor fw={600} renderRoot={(props) => <Link {...props} to="/administration/venues/$venueId" params={{ venueId: one.id }} />}>
          {one.name}
        </Anchor>
      ),
    },
    { key: "resource", title: t`Resource`, cell: (one: Venue) => <ResourceName id={one.resource_id} /> },
    { key: "map", title: t`Seat map`, cell: (one: Venue) => (one.map_version ? t`Version ${one.map_version}` : t`None yet`) },
    {
      key: "deeds",
      title: t`Deeds`,
      kind: "action" as const,
      cell: (one: Venue) => (
        <Group gap="xs" wrap="nowrap">
          <Button size="compact-md" variant="default" onClick={() => setNaming(one)}>
            <Trans>Rename</Trans>
          </Button>
          <RemoveVenue venue={one} size="compact-md" />
        </Group>
      ),
    },
  ];
  return (
    <Page title={t`Venues`} width="wide" above={back} actions={add}>
      <PagedTable
        label={t`Venues`}
        list={list}
        rowKey={(one) => one.id}
        columns={columns}
        empty={
          <EmptyState icon="seat" title={t`No venues`} action={add}>
            <Trans>A venue is a place with seats, such as an auditorium. Add one, then draw its seat map.</Trans>
          </EmptyState>
        }
      />
      {making && (
        <VenueDrawer
          venue={null}
          onClose={close}
          onAdded={(one) => void navigate({ to: "/administration/venues/$venueId", params: { venueId: one.id } })}
        />
      )}
      {naming && <VenueDrawer venue={naming} onClose={() => setNaming(null)} />}
    </Page>
  );
}

function ResourceName({ id }: { id: number }) {
  const [resource] = useResourcesOf([id]);
  return resource?.name ?? `#${id}`;
}

/** Removes a venue, once asked. */
export function RemoveVenue({ venue, size, onRemoved }: { venue: Venue; size?: "compact-md"; onRemoved?: () => void }) {
  const { t } = useLingui();
  const removing = useRemoveVenue();
  const remove = async () => {
    await removing.mutateAsync({ params: { path: { venue_id: venue.id } } });
    tellDone(t`${venue.name} is removed.`);
    onRemoved?.();
  };
  return (
    <ConfirmButton
      size={size}
      question={t`Remove ${venue.name}?`}
      consequence={<Trans>Its resource stays, and can be reserved as before.</Trans>}
      deed={t`Remove the venue`}
      busy={removing.isPending}
      onConfirm={remove}
      more={removing.isError && <ProblemAlert error={removing.error} />}
    >
      <Trans>Remove</Trans>
    </ConfirmButton>
  );
}
