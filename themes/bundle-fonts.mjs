// Makes broadsheet/assets/bundled-fonts: the faces that pages use where site.toml
// says fonts = "bundled". To run it again, in an empty folder elsewhere:
//
//	npm install --ignore-scripts subset-font@2.9.0 @fontsource-variable/noto-naskh-arabic@5.3.0 \
//		@fontsource-variable/noto-nastaliq-urdu@5.3.0 @fontsource-variable/frank-ruhl-libre@5.3.0
//	node …/themes/bundle-fonts.mjs
//
// and put the new names into broadsheet/templates/fonts.html. Each face is cut
// down to the letters of the languages that we know and keeps what joins them
// (all of GSUB and GPOS that these letters reach). Naskh and Hebrew keep their
// weights from 400 to 700; Nastaliq, whose rules weigh more than its letters, has
// one weight, or it would not fit into 160 KB. The name of a file holds its hash, because the style sheet refers to it
// and a browser may keep it for ever. Latin stays with the reader's own faces,
// which every system has in print quality.
import {createHash} from "node:crypto";
import {readFileSync, writeFileSync, mkdirSync, rmSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const require = createRequire(join(process.cwd(), "x"));
const subset = require("subset-font");
const folder = join(dirname(fileURLToPath(import.meta.url)), "broadsheet", "assets", "bundled-fonts");

// Spaces too: a Nastaliq word leans over the space before it.
const arabicMarks = "U+0020, U+00A0, U+0600-0605, U+060C-060F, U+0610-061C, U+061E-061F, U+0640, U+064B-0670, U+06D4, U+06D6-06ED, U+06F0-06F9, U+200C-200F, U+FD3E-FD3F, U+FDF2, U+FDFA, U+FDFC";
const faces = [
	{
		name: "naskh", family: "Mihbara Naskh", is: "Noto Naskh Arabic", from: "@fontsource-variable/noto-naskh-arabic", file: "noto-naskh-arabic-arabic-wght-normal.woff2",
		// Arabic, Persian, Dari, Pashto, Sorani, Uyghur, Sindhi, Azerbaijani, Uzbek, Malay and Punjabi.
		range: arabicMarks + ", U+0620-063F, U+0641-064A, U+0671-06D3, U+06D5, U+06EE-06EF, U+06FA-06FF, U+0750-077F",
	},
	{
		name: "nastaliq", family: "Mihbara Nastaliq", is: "Noto Nastaliq Urdu", from: "@fontsource-variable/noto-nastaliq-urdu", file: "noto-nastaliq-urdu-arabic-wght-normal.woff2",
		// Urdu, Kashmiri, and the Arabic and Persian that they quote.
		weights: 400,
		more: "/* It has no bold. */\n:is(strong, b):is(:lang(ur), :lang(ks)) { color: var(--accent); }\n",
		range: arabicMarks + ", U+0621-063A, U+0641-064A, U+0671-0674, U+0679, U+067E, U+0686, U+0688, U+0691, U+0698, U+06A9, U+06AF, U+06BA, U+06BE, U+06C0-06C4, U+06CC, U+06D2-06D3, U+06D5",
	},
	{
		name: "hebrew", family: "Mihbara Hebrew", is: "Frank Ruhl Libre", from: "@fontsource-variable/frank-ruhl-libre", file: "frank-ruhl-libre-hebrew-wght-normal.woff2",
		// Hebrew and Yiddish, points included.
		range: "U+0020, U+00A0, U+0591-05F4, U+20AA, U+25CC, U+FB1D-FB4F",
	},
];

const characters = range => range.split(", ").flatMap(part => {
	const [from, to = from] = part.slice(2).split("-").map(x => parseInt(x, 16));
	return Array.from({length: to - from + 1}, (_, i) => String.fromCodePoint(from + i));
}).join("");

rmSync(folder, {recursive: true, force: true});
mkdirSync(folder, {recursive: true});
for (const f of faces) {
	const source = readFileSync(require.resolve(join(f.from, "files", f.file)));
	const cut = await subset(source, characters(f.range), {targetFormat: "woff2", variationAxes: {wght: f.weights ?? {min: 400, max: 700}}});
	const file = `${f.name}-${createHash("sha256").update(cut).digest("hex").slice(0, 8)}.woff2`;
	const licence = `${f.name}-OFL.txt`;
	writeFileSync(join(folder, file), cut);
	writeFileSync(join(folder, licence), readFileSync(require.resolve(join(f.from, "LICENSE"))));
	writeFileSync(join(folder, f.name + ".css"), `/* ${f.is}, cut down by themes/bundle-fonts.mjs; its licence is in ${licence}.
   A face that is not there when the page is first drawn waits for the next
   page ("optional"), so that no line ever moves. */
@font-face {
  font-family: "${f.family}";
  src: url("${file}") format("woff2");
  font-weight: ${f.weights ?? "400 700"};
  font-display: optional;
  unicode-range: ${f.range};
}
${f.more ?? ""}`);
	console.log(file, source.length, "→", cut.length, "bytes");
}
