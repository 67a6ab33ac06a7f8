/** Berth's own signs, drawn with lines on a field of 24 by 24. */
const PATHS = {
  bookmark: "M7 4h10v17l-5-4-5 4z",
  bell: "M6 17h12l-1.5-3v-4a4.5 4.5 0 0 0-9 0v4zM10 20h4",
  card: "M3 6h18v12H3zM3 10h18M7 15h4",
  box: "M4 8l8-4 8 4v9l-8 4-8-4zM4 8l8 4 8-4M12 12v9",
  calendar: "M5 6h14v14H5zM5 10h14M9 3v4M15 3v4",
  check: "m5 13 4 4L19 7",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 3",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  cross: "M6 6l12 12M18 6 6 18",
  door: "M7 21V4h10v17M4 21h16M14 12v1",
  gauge: "M4 18a9 9 0 1 1 16 0M12 15l4-5",
  dots: "M5 12h.01M12 12h.01M19 12h.01",
  down: "M12 4v11M7 11l5 5 5-5M5 20h14",
  gear: "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M18.4 5.6l-2.1 2.1M7.7 16.3l-2.1 2.1",
  hourglass: "M7 3h10M7 21h10M8 3v4l4 5-4 5v4M16 3v4l-4 5 4 5v4",
  inbox: "M4 13 7 5h10l3 8v6H4zM4 13h5l1 2h4l1-2h5",
  keyboard: "M3 7h18v11H3zM7 11h.5M11 11h.5M15 11h.5M8 14.5h8",
  list: "M4 6h16M4 12h16M4 18h16",
  left: "M15 5l-7 7 7 7",
  mail: "M3 6h18v12H3zM3 7l9 7 9-7",
  more: "M5 12h.5M12 12h.5M19 12h.5",
  log: "M6 3h9l4 4v14H6zM9 10h7M9 14h7M9 18h4",
  moon: "M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5z",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c1-4 4-6 8-6s7 2 8 6",
  pin: "M12 21c-4-5-6-8-6-11a6 6 0 1 1 12 0c0 3-2 6-6 11zM12 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  play: "M8 5v14l11-7z",
  right: "M9 5l7 7-7 7",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  frame: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  undo: "M9 5 4 10l5 5M4 10h10a5 5 0 0 1 0 10h-3",
  redo: "M15 5l5 5-5 5M20 10H10a5 5 0 0 0 0 10h3",
  seat: "M6 11V5h12v6M4 11h3v4h10v-4h3v7H4zM6 18v2M18 18v2",
  ticket: "M4 7h16v3a2 2 0 0 0 0 4v3H4v-3a2 2 0 0 0 0-4zM14 7v10",
  pulse: "M3 12h4l3-7 4 14 3-7h4",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20 20",
  tag: "M4 4h8l8 8-8 8-8-8zM8 8h.01",
  up: "M12 20V9M7 13l5-5 5 5M5 4h14",
  warning: "M12 4 3 20h18zM12 10v4M12 17v.5",
} as const;

export type IconName = keyof typeof PATHS;

interface Props {
  name: IconName;
  /** In pixels. */
  size?: number;
}

/** A sign beside words that say the same; it is hidden from screen readers. */
export function Icon({ name, size = 18 }: Props) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={1.8} strokeLinecap="round" strokeLinejoin="round" aria-hidden focusable={false}>
      <path d={PATHS[name]} />
    </svg>
  );
}
