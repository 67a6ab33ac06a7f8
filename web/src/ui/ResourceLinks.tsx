import type { components } from "@generated/schema";
import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";

type Named = Pick<components["schemas"]["ReservationDetail"]["resources"][number], "id" | "name">;

/** The names of resources, each of which leads to its page. */
export function ResourceLinks({ resources }: { resources: readonly Named[] }) {
  return resources.map((one) => (
    <Anchor key={one.id} renderRoot={(props) => <Link to="/resources/$resourceId" params={{ resourceId: one.id }} {...props} />}>
      {one.name}
    </Anchor>
  ));
}
