import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

/** Berth's blue: with white text from the sixth on, and as text on white too. */
const harbour: MantineColorsTuple = [
  "#e9f5fc", "#d0e8f6", "#a3d1ec", "#73b9e2", "#4ba4d9", "#2389c4", "#0f6da3", "#0b5c8a", "#094c73", "#073a58",
];

/** The greys of a dark room, with a little of the blue in them, as its backdrop and its papers have. */
const dark: MantineColorsTuple = [
  "#cfd8e0", "#b3c0cc", "#8797a5", "#66788a", "#3a4a59", "#33424f", "#1f2b37", "#17212b", "#131c25", "#0f171f",
];

/** The look of everything. What Mantine's own theme lacks in contrast is mended below, for WCAG AA. */
export const theme = createTheme({
  primaryColor: "harbour",
  primaryShade: { light: 7, dark: 6 },
  colors: { harbour, dark },
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
  headings: { fontWeight: "650", sizes: { h1: { fontSize: "1.6rem" }, h2: { fontSize: "1.2rem" } } },
  defaultRadius: "md",
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    Badge: { styles: { root: { flexShrink: 0 } } },
    TextInput: { defaultProps: { size: "md" } },
    PasswordInput: { defaultProps: { size: "md" } },
    Select: { defaultProps: { size: "md" } },
    MultiSelect: { defaultProps: { size: "md" } },
    NumberInput: { defaultProps: { size: "md" } },
    TagsInput: { defaultProps: { size: "md" } },
    Textarea: { defaultProps: { size: "md" } },
  },
});

/** For each colour the text that is readable on its own light tint, in a light and a dark room. */
const ON_TINT: Record<string, [light: string, dark: string]> = {
  harbour: ["#094c73", "#a3d1ec"],
  green: ["#1b5e27", "#8ce99a"],
  yellow: ["#6b4700", "#ffe066"],
  orange: ["#8a3b00", "#ffc078"],
  red: ["#9b1c1c", "#ffa8a8"],
  gray: ["#343a40", "#ced4da"],
  blue: ["#0b4f8a", "#a5d8ff"],
  grape: ["#7a2290", "#e599f7"],
};

/** Answer the variables that differ from Mantine's. */
export const cssVariables: CSSVariablesResolver = () => {
  const variant = (at: 0 | 1) =>
    Object.fromEntries(
      Object.entries(ON_TINT).flatMap(([color, texts]) => [
        [`--mantine-color-${color}-light-color`, texts[at]],
        [`--mantine-color-${color}-outline`, texts[at]],
        [`--mantine-color-${color}-text`, texts[at]],
      ]),
    );
  return {
    variables: {},
    light: {
      ...variant(0),
      "--mantine-color-body": "#ffffff",
      "--mantine-color-text": "#16283a",
      "--mantine-color-dimmed": "#4c5a67",
      "--mantine-color-placeholder": "#5f6b76",
      "--mantine-color-error": "#b42318",
      "--mantine-color-anchor": "#0b5c8a",
      "--berth-backdrop": "#f2f6f9",
      "--berth-line": "#dde5eb",
    },
    dark: {
      ...variant(1),
      "--mantine-color-body": "#17212b",
      "--mantine-color-text": "#e3eaf0",
      "--mantine-color-dimmed": "#a9b8c5",
      "--mantine-color-placeholder": "#94a4b2",
      "--mantine-color-error": "#ffa8a8",
      "--mantine-color-anchor": "#73b9e2",
      "--mantine-color-harbour-light": "#173850",
      "--mantine-color-harbour-light-hover": "#1c4463",
      "--mantine-color-default": "#1f2b37",
      "--mantine-color-default-border": "#3a4a59",
      "--berth-backdrop": "#0f171f",
      "--berth-line": "#2b3947",
    },
  };
};
