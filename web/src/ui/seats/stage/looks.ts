/** Colours that people with any colour vision tell apart (Okabe and Ito), and a shape for each besides. */
const COLOURS = {
  light: ["#0072b2", "#c04d00", "#00795a", "#a83f7f", "#8a6100", "#3a5fcd", "#5b4a8a", "#6b6b00"],
  dark: ["#56b4e9", "#ff9a4d", "#33c79b", "#f0a3cc", "#f0c04a", "#9db4ff", "#c4b2f5", "#d6d65c"],
} as const;
export const SHAPES = ["circle", "square", "diamond", "hexagon", "triangle", "pentagon", "drop", "cut"] as const;
export type Shape = (typeof SHAPES)[number];
export type Scheme = keyof typeof COLOURS;

interface Inks {
  paper: string;
  text: string;
  dim: string;
  quiet: string;
  focus: string;
}

const INKS: Record<Scheme, Inks> = {
  light: { paper: "#ffffff", text: "#16283a", dim: "#4c5a67", quiet: "#aab4bd", focus: "#e0147a" },
  dark: { paper: "#17212b", text: "#e3eaf0", dim: "#a9b8c5", quiet: "#5a6a78", focus: "#ff7ab8" },
};

/** Answer the inks of a light or a dark room. */
export function inksOf(scheme: Scheme): Inks {
  return INKS[scheme];
}

/** Answer the colour and the shape of a category, by its place in the map's list. */
export function lookOf(category: number, scheme: Scheme): { colour: string; shape: Shape } {
  const at = Math.max(category, 0) % SHAPES.length;
  return { colour: COLOURS[scheme][at]!, shape: SHAPES[at]! };
}
