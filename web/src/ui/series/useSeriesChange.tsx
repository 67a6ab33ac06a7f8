import type { components } from "@generated/schema";
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import { tellDone } from "../notice/toast";
import { useChangeSeries } from "./api/changeSeries";
import { SeriesRefusal } from "./SeriesRefusal";

type Change = components["schemas"]["SeriesChange"];
type Made = components["schemas"]["SeriesMade"];

interface Wanted {
  seriesId: number;
  /** The version that is changed, if it is known. */
  version?: number;
  body: Change;
}

interface SeriesChanging {
  send: (wanted: Wanted) => Promise<void>;
  isPending: boolean;
  /** What stood in the way, if something did. */
  refusal: ReactNode;
}

/** Answer how a series is changed; whatever is in the way is told, and can be left as it is. */
export function useSeriesChange(resources: readonly { id: number; name: string; timezone: string }[], onDone: (after: Made) => void): SeriesChanging {
  const { t } = useLingui();
  const changing = useChangeSeries();
  const [refused, setRefused] = useState<{ error: unknown; wanted: Wanted } | null>(null);
  const send = async (wanted: Wanted) => {
    const { seriesId, version, body } = wanted;
    setRefused(null);
    try {
      const header = version === undefined ? {} : { "if-match": `"${version}"` };
      const after = await changing.mutateAsync({ params: { path: { series_id: seriesId }, header }, body });
      const left = after.passed.length;
      tellDone(left > 0 ? t`Changed. ${plural(left, { one: "# stays as it was.", other: "# stay as they were." })}` : t`Changed.`);
      onDone(after);
    } catch (error) {
      setRefused({ error, wanted });
    }
  };
  const leave = () => {
    if (refused) void send({ ...refused.wanted, body: { ...refused.wanted.body, conflicts: "skip" } });
  };
  const refusal = refused && <SeriesRefusal error={refused.error} resources={resources} onLeave={refused.wanted.body.scope === "this" ? undefined : leave} />;
  return { send, isPending: changing.isPending, refusal };
}
