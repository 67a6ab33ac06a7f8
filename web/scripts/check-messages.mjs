// Fails if a sentence of the app is not in the catalogues, or has no translation.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const folder = new URL("../src/locales/", import.meta.url);
const read = () => Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")]));
const withoutDate = (text) => text.replace(/"POT-Creation-Date:.*\n/, "");

const before = read();
execFileSync("npx", ["lingui", "extract", "--clean"], { stdio: "ignore" });
const complaints = [];
for (const [name, text] of Object.entries(read())) {
  if (withoutDate(text) !== withoutDate(before[name] ?? ""))
    complaints.push(`${name} lacks sentences of the app, or has old ones: run 'npm run messages' and translate.`);
  writeFileSync(new URL(name, folder), before[name] ?? text);
  for (const [, id] of text.matchAll(/\nmsgid "(.+)"\nmsgstr ""\n(?!")/g)) complaints.push(`${name} does not translate "${id}".`);
}
if (complaints.length > 0) {
  console.error(complaints.join("\n"));
  process.exit(1);
}
