import hooks from "eslint-plugin-react-hooks";
import typescript from "typescript-eslint";
import boundaries from "./eslint/boundaries.js";

export default typescript.config(
  { ignores: ["generated", "node_modules", ".node", "src/locales"] },
  ...typescript.configs.recommended,
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { "react-hooks": hooks, berth: { rules: { boundaries } } },
    rules: {
      "berth/boundaries": "error",
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "@typescript-eslint/no-non-null-assertion": "off",
      "no-restricted-globals": ["error", { name: "alert", message: "Tell it with ui/toast." }],
    },
  },
);
