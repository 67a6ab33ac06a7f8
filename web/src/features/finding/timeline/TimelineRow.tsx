import { Trans, useLingui } from "@lingui/react/macro";
import { memo } from "react";
import { Icon, type IconName } from "@/ui/Icon";
import { type Axis, minuteOf } from "./geometry/axis";
import type { Block, Kind, Rules } from "./geometry/blocks";
import type { Layout } from "./geometry/layout";
import { HANDLED_PX_MIN, type Row } from "./scene";

interface Props {
  index: number;
  row: Row;
  blocks: readonly Block[];
  rules: Rules;
  axis: Axis;
  layout: Layout;
  words: (from: number, until: number) => string;
}

const WORD_PX_MIN = 56;
const SIGNS: Record<Kind, IconName | null> = { own: "check", pending: "hourglass", blackout: "cross", taken: null };

/** One resource and its time. It is drawn anew only if something of it changes. */
export const TimelineRow = memo(function TimelineRow({ index, row, blocks, rules, axis, layout, words }: Props) {
  const { t } = useLingui();
  const x = (instant: number) => minuteOf(axis, instant) * layout.minute;
  const place = row.site_path.join(" › ");
  return (
    <div role="row" aria-rowindex={index + 2} className="timeline-row" style={{ top: index * layout.row, height: layout.row }}>
      <div role="rowheader" className="timeline-name" style={{ width: layout.side }}>
        <span className="timeline-name-main" title={row.name}>
          {row.name}
        </span>
        <span className="timeline-name-more">
          {row.capacity !== null && t`${row.capacity} people`}
          {row.capacity !== null && place && " · "}
          {place}
        </span>
      </div>
      <div role="gridcell" id={`timeline-row-${index}`} className="timeline-track" style={{ width: axis.minutes * layout.minute }}>
        {rules.closed.map(([start, end]) => {
          const [left, right] = [x(start), x(end)];
          if (right <= left) return null;
          return (
            <div key={start} className="timeline-closed" title={t`Closed`} style={{ left, width: right - left }}>
              {right - left > WORD_PX_MIN && (
                <span>
                  <Trans>Closed</Trans>
                </span>
              )}
            </div>
          );
        })}
        {blocks.map((block) => (
          <BlockShown key={block.key} block={block} left={x(block.start)} right={x(block.end)} words={words} />
        ))}
      </div>
    </div>
  );
});

function BlockShown({ block, left, right, words }: { block: Block; left: number; right: number; words: Props["words"] }) {
  const kind = useKindWord(block.kind);
  const said = [block.kind === "own" && block.title ? "" : kind, block.title, block.owner].filter(Boolean).join(": ");
  const sign = SIGNS[block.kind];
  const width = Math.max(4, right - left - 2);
  const isNarrow = width < HANDLED_PX_MIN;
  return (
    <div
      className="timeline-block"
      data-kind={block.kind}
      data-hasty={block.hasty || undefined}
      data-grip={block.grip ? true : undefined}
      data-narrow={isNarrow || undefined}
      title={`${said}, ${words(block.from, block.until)}`}
      style={{ left: left + 1, width }}
    >
      {/* A week has most of its blocks so narrow; every element that they do not have is time to scroll in. */}
      {isNarrow ? (
        said
      ) : (
        <span className="timeline-block-words">
          {sign && <Icon name={sign} size={13} />}
          <span>{said}</span>
        </span>
      )}
    </div>
  );
}

function useKindWord(kind: Kind): string {
  const { t } = useLingui();
  if (kind === "own") return t`Yours`;
  if (kind === "pending") return t`Waiting`;
  if (kind === "blackout") return t`Blackout`;
  return t`Taken`;
}
