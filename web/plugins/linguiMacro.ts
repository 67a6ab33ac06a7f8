import { transformAsync } from "@babel/core";
import type { Plugin } from "vite";

/** Turns Lingui's macros into calls: the one transformation for which Babel is needed; Vite does the rest. */
export function linguiMacro(): Plugin {
  return {
    name: "berth:lingui-macro",
    enforce: "pre",
    async transform(code, id) {
      const file = id.split("?")[0]!;
      if (!/\.tsx?$/.test(file) || !/@lingui\/(core|react)\/macro/.test(code)) return null;
      const done = await transformAsync(code, {
        filename: file,
        babelrc: false,
        configFile: false,
        sourceMaps: true,
        plugins: ["@lingui/babel-plugin-lingui-macro"],
        parserOpts: { plugins: file.endsWith("x") ? ["typescript", "jsx"] : ["typescript"] },
      });
      return done?.code ? { code: done.code, map: done.map as never } : null;
    },
  };
}
