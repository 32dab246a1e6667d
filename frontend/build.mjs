// Builds the face into krama/web/static/dist. Same input, same bytes: no dates, no machine paths, no maps.
import { build } from "esbuild";
import { Logger, compile } from "sass";
import { copyFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import path from "node:path";

const here = path.dirname(fileURLToPath(import.meta.url));
const from = (...parts) => path.join(here, ...parts);
const target = from("..", "krama", "web", "static", "dist");
const dist = `${target}.new`; // takes the place of the old folder only when everything was built
const modules = from("node_modules");

await rm(dist, { recursive: true, force: true });
await mkdir(path.join(dist, "fonts"), { recursive: true });

const sheet = compile(from("sass", "krama.scss"), { loadPaths: [here], style: "compressed", quietDeps: true, logger: Logger.silent });
const css = await build({
  stdin: { contents: sheet.css.replace(/^\uFEFF/, ""), loader: "css" },
  minify: true,
  target: ["chrome80", "safari14", "firefox90"],
  write: false,
});
await writeFile(path.join(dist, "krama.css"), css.outputFiles[0].text);

await build({
  entryPoints: [from("src", "krama.ts")],
  outfile: path.join(dist, "krama.js"),
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  legalComments: "none",
  banner: { js: "/* Krama, Apache-2.0; parts of GOV.UK Frontend, MIT: see licences.txt */" },
});

await copyFile(path.join(modules, "htmx.org", "dist", "htmx.min.js"), path.join(dist, "htmx.js"));
await copyFile(from("src", "icons.svg"), path.join(dist, "icons.svg"));
for (const weight of ["400", "700"]) {
  await copyFile(
    path.join(modules, "@fontsource", "noto-sans-khmer", "files", `noto-sans-khmer-khmer-${weight}-normal.woff2`),
    path.join(dist, "fonts", `noto-sans-khmer-${weight}.woff2`),
  );
}

// The two British packages ship without their licence file, so ours carries their words.
const licences = [
  ["htmx", path.join(modules, "htmx.org", "LICENSE")],
  ["Noto Sans Khmer", path.join(modules, "@fontsource", "noto-sans-khmer", "LICENSE")],
  ["GOV.UK Frontend and MoJ Frontend", from("licences", "mit.txt")],
];
let text = "Licences of what is built into this folder\n";
for (const [name, file] of licences) {
  text += `\n== ${name} ==\n\n${(await readFile(file, "utf8")).trim()}\n`;
}
await writeFile(path.join(dist, "licences.txt"), text);

await rm(target, { recursive: true, force: true });
await rename(dist, target);
