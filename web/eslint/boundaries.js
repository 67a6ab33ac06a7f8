import path from "node:path";

/** Which layers a layer may import, itself aside. */
const BELOW = { app: ["features", "ui", "lib"], features: ["ui", "lib"], ui: ["lib"], lib: [] };

/**
 * Keeps the layers in their order (app > features > ui > lib) and features apart: what two of them need belongs to
 * `ui` or `lib`, and what joins them to `app`.
 */
export default {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      upwards: "{{from}} must not import {{to}}: the order is app > features > ui > lib.",
      feature: "The feature {{from}} must not import the feature {{to}}: share it through ui or lib, join them in app.",
    },
  },
  create(context) {
    const here = placeOf(context.filename);
    if (!here) return {};
    const check = (node) => {
      if (!node.source || typeof node.source.value !== "string") return;
      const there = placeOf(resolved(node.source.value, context.filename));
      if (!there) return;
      if (there.layer === "features" && here.layer === "features") {
        if (there.feature !== here.feature)
          context.report({ node, messageId: "feature", data: { from: here.feature, to: there.feature } });
      } else if (there.layer !== here.layer && !BELOW[here.layer].includes(there.layer)) {
        context.report({ node, messageId: "upwards", data: { from: here.layer, to: there.layer } });
      }
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportAllDeclaration: check,
      ExportNamedDeclaration: check,
    };
  },
};

function resolved(imported, importer) {
  if (imported.startsWith("@/")) return `/src/${imported.slice(2)}`;
  return imported.startsWith(".") ? path.join(path.dirname(importer), imported) : "";
}

function placeOf(file) {
  const [, layer, rest] = /\/src\/(app|features|ui|lib)\/(.*)$/.exec(file.replaceAll("\\", "/")) ?? [];
  return layer ? { layer, feature: layer === "features" ? rest.split("/")[0] : undefined } : null;
}
