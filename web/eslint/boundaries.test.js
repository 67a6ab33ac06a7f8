import { Linter } from "eslint";
import { expect, it } from "vitest";
import boundaries from "./boundaries.js";

const config = { plugins: { berth: { rules: { boundaries } } }, rules: { "berth/boundaries": "error" } };

function complaints(file, code) {
  return new Linter({ cwd: "/berth/web" }).verify(code, config, { filename: `/berth/web/src/${file}` }).map((one) => one.message);
}

it.each([
  ["features/a/Page.js", 'import { b } from "@/features/b/b";', "feature a must not import the feature b"],
  ["features/a/api/read.js", 'import { b } from "../../b/b";', "feature a must not import the feature b"],
  ["features/a/Page.js", 'const b = () => import("@/features/b/b");', "feature a must not import the feature b"],
  ["features/a/Page.js", 'import "@/app/router";', "features must not import app"],
  ["ui/Card.js", 'import "@/features/a/a";', "ui must not import features"],
  ["lib/time/zone.js", 'export * from "@/ui/Card";', "lib must not import ui"],
  ["lib/time/zone.js", 'import "../../features/a/a";', "lib must not import features"],
])("catches a violation planted in %s: %s", (file, code, complaint) => {
  expect(complaints(file, code)).toEqual([expect.stringContaining(complaint)]);
});

it.each([
  ["features/a/Page.js", 'import "./api/read"; import "@/features/a/b"; import "@/ui/Card"; import "react";'],
  ["app/routes.js", 'import "@/features/a/a"; import "@/lib/time/zone";'],
  ["ui/Card.js", 'import "@/lib/time/zone"; import "./Icon";'],
])("lets pass what %s may import", (file, code) => {
  expect(complaints(file, code)).toEqual([]);
});
