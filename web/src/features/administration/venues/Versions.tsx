import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Text } from "@mantine/core";
import { usePeople } from "../pickers/api/readPerson";
import { saveFile } from "@/lib/saveFile";
import { InstantWords } from "@/ui/InstantWords";
import { tellProblem } from "@/ui/notice/toast";
import { PagedTable } from "@/ui/table/PagedTable";
import { useMapVersions } from "./api/listMaps";
import { readMapVersion } from "./api/readMap";

type Venue = components["schemas"]["VenueShown"];
type Version = components["schemas"]["MapVersionShown"];

/** All versions of a venue's map, each to be kept as a file. */
export function Versions({ venue }: { venue: Venue }) {
  const { t } = useLingui();
  const list = useMapVersions(venue.id);
  const keep = async (version: number) => {
    const content = await readMapVersion(venue.id, version);
    saveFile(new Blob([JSON.stringify(content)], { type: "application/json" }), `${venue.name}-${version}.json`);
  };
  return (
    <PagedTable
      label={t`Versions`}
      list={list}
      rowKey={(one) => one.version}
      columns={[
        { key: "version", title: t`Version`, cell: (one: Version) => one.version },
        { key: "seats", title: t`Seats`, kind: "number" as const, cell: (one: Version) => one.seat_count },
        { key: "people", title: t`People`, kind: "number" as const, cell: (one: Version) => one.capacity },
        { key: "at", title: t`When`, cell: (one: Version) => <InstantWords at={one.saved_at} /> },
        { key: "by", title: t`By`, cell: (one: Version) => <PersonName id={one.saved_by} /> },
        {
          key: "deeds",
          title: t`Deeds`,
          kind: "action" as const,
          cell: (one: Version) => (
            <Button size="compact-md" variant="default" onClick={() => void keep(one.version).catch(tellProblem)}>
              <Trans>Download</Trans>
            </Button>
          ),
        },
      ]}
      empty={
        <Text c="dimmed">
          <Trans>No map was saved yet.</Trans>
        </Text>
      }
    />
  );
}

function PersonName({ id }: { id: number }) {
  const [person] = usePeople([id]);
  return person?.name ?? `#${id}`;
}
