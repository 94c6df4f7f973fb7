// Writes docs/api.md from the docstrings of everything that index.ts exports; with --check it only says whether the page is
// up to date.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import prettier from "prettier";
import { API, SymbolFlags } from "typescript/unstable/sync";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = join(root, "docs", "api.md");

/** Sections by where things are declared; the first one whose path fits. */
const SECTIONS = [
  ["The simulated network", /^sim\/run\/economy\/(network|metagraph|recorder)/],
  ["Scenarios", /^sim\/scenario\//],
  ["Runs", /^sim\/run\//],
  ["Strategies and what agents see", /^sim\/agents\//],
  ["The chain's calls", /^sim\/chain\//],
  ["Traces", /^sim\/trace\//],
  ["Reports", /^reports\//],
  ["Experiments", /^sim\/experiment\//],
  ["Sweeps and searches", /^sim\/sweep\//],
  ["Regression checks", /^sim\/regression\//],
  ["Evaluating protocol functions", /^sim\/eval\//],
  ["Consensus guarantees", /^sim\/map\//],
  ["Kernels", /^kernels\//],
  ["Everything else", /./],
];

/** Longer declarations are tables that other pages explain. */
const LONGEST = 40_000;

/** Types are not cut short. */
const WHOLE = 1;

/** The declaration files of the sources, without those that have no declarations. */
function emitDeclarations(directory) {
  execFileSync(process.execPath, [
    join(root, "node_modules", "typescript", "bin", "tsc"),
    "-p",
    join(root, "tsconfig.build.json"),
    "--noCheck",
    "--emitDeclarationOnly",
    "--outDir",
    directory,
  ]);
  const compilerOptions = {
    module: "nodenext",
    target: "es2022",
    strict: true,
    skipLibCheck: true,
    types: [],
  };
  writeFileSync(join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.d.ts"] }));
}

/** What index.ts exports: name, where it is declared, documentation, declarations. */
function readExports(directory) {
  const api = new API({ cwd: directory });
  try {
    const [project] = api.updateSnapshot({ openProjects: [join(directory, "tsconfig.json")] }).getProjects();
    const { checker, program } = project;
    const module = checker.getSymbolAtLocation(program.getSourceFile(join(directory, "index.d.ts")));
    return checker.getExportsOfModule(module).map((exported) => {
      const symbol =
        (exported.flags & SymbolFlags.Alias) === 0 ? exported : checker.getAliasedSymbol(exported);
      const nodes = symbol.declarations.map((handle) => handle.resolve(project));
      return {
        name: exported.name,
        file: relative(directory, nodes[0].getSourceFile().fileName).replaceAll("\\", "/"),
        ...documentation(symbol, nodes[0], checker),
        declarations: nodes.map((node) => declaration(node, symbol, checker)),
      };
    });
  } finally {
    api.close();
  }
}

function documentation(symbol, node, checker) {
  const text = isModule(symbol) ? firstComment(node) : symbol.getDocumentationComment(checker).trim();
  const tags = symbol.getJsDocTags(checker).map(({ name, text: said = "" }) => ({
    name,
    text: (typeof said === "string" ? said : said.map((part) => part.text).join("")).trim(),
  }));
  return { text, tags };
}

const isModule = ({ flags }) => (flags & SymbolFlags.ValueModule) !== 0;

/** What a file says of itself. */
const firstComment = (node) =>
  /^\/\*\*([\s\S]*?)\*\//
    .exec(node.getSourceFile().text)[1]
    .replaceAll(/\n \* ?/g, "\n")
    .trim();

/** A declaration as a user needs it: without what is private. */
function declaration(node, symbol, checker) {
  const source = node.getSourceFile().text;
  if (isModule(symbol)) return moduleMembers(symbol, checker);
  if (/^export interface \w+ extends [^{]*\{\s*\}/.test(node.getText()))
    return inheritedMembers(symbol, checker);
  const statement = (symbol.flags & SymbolFlags.Variable) === 0 ? node : node.parent.parent;
  return source
    .slice(statement.getStart(), statement.end)
    .split("\n")
    .filter((line) => !/^\s+(#private;|private )/.test(line))
    .join("\n")
    .replace(/^export (declare )?/, "");
}

/** A namespace like `parameters`: its functions, each on a line. */
function moduleMembers(symbol, checker) {
  return checker
    .getExportsOfModule(symbol)
    .filter(({ flags }) => (flags & SymbolFlags.Value) !== 0)
    .map((member) => `${member.name}: ${checker.typeToString(checker.getTypeOfSymbol(member))};`)
    .join("\n");
}

/** An interface that is the sum of others, which have no names outside: its members with theirs. */
function inheritedMembers(symbol, checker) {
  const membersOf = (type) =>
    checker.getPropertiesOfType(type).map((member) => {
      const name = /^\w+$/.test(member.name) ? member.name : JSON.stringify(member.name);
      return { name, type: checker.getTypeOfSymbol(member) };
    });
  const lines = membersOf(checker.getDeclaredTypeOfSymbol(symbol)).map(({ name, type }) => {
    const parts = membersOf(type).map(
      (part) => `${part.name}: ${checker.typeToString(part.type, undefined, WHOLE)}`,
    );
    return `${name}: ${parts.length === 0 ? "{}" : `{ ${parts.join("; ")} }`};`;
  });
  return `interface ${symbol.name} {\n${lines.sort((x, y) => (x < y ? -1 : 1)).join("\n")}\n}`;
}

const sectionOf = (file) => SECTIONS.find(([, pattern]) => pattern.test(file))[0];

const TAGS = { param: "", returns: "returns ", throws: "throws " };

function entry({ name, file, text, tags, declarations }) {
  const lines = [`### ${name}`, ""];
  if (text !== "") lines.push(text, "");
  for (const tag of tags) {
    const [word, ...rest] = tag.text.split(" ");
    if (!(tag.name in TAGS) || tag.text === "") continue;
    lines.push(tag.name === "param" ? `- \`${word}\`: ${rest.join(" ")}` : `- ${TAGS[tag.name]}${tag.text}`);
  }
  lines.push("");
  const code = declarations.join("\n\n");
  if (code.length <= LONGEST) lines.push("```ts", code, "```", "");
  else lines.push(`Declared in \`${file.replace(/\.d\.ts$/, ".ts")}\`; too long for this page.`, "");
  return lines.join("\n");
}

/** Without regard to case, but for names that differ in nothing else. */
const sortKey = ({ name }) => `${name.toLowerCase()} ${name}`;

function pageOf(exports) {
  const sections = new Map(SECTIONS.map(([title]) => [title, []]));
  for (const one of exports) sections.get(sectionOf(one.file)).push(one);
  const filled = [...sections].filter(([, entries]) => entries.length > 0);
  const anchor = (title) => title.toLowerCase().replaceAll("'", "").replaceAll(" ", "-");
  const inOrder = (entries) => entries.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  return [
    "# Reference of the programming interface",
    "",
    'Everything that `import ... from "yumasim"` gives, with its types. Made from the docstrings by `npm run docs`;',
    "[tutorial.md](tutorial.md) shows how it is used. Money is rao (`bigint`), time is blocks, unless a name says otherwise.",
    "",
    ...filled.map(([title, entries]) => {
      const names = inOrder(entries)
        .map(({ name }) => `\`${name}\``)
        .join(", ");
      return `- [${title}](#${anchor(title)}): ${names}`;
    }),
    "",
    ...filled.flatMap(([title, entries]) => [`## ${title}`, "", ...inOrder(entries).map(entry)]),
  ].join("\n");
}

const directory = realpathSync(mkdtempSync(join(tmpdir(), "yumasim-api-")));
try {
  emitDeclarations(directory);
  const config = await prettier.resolveConfig(page);
  const text = await prettier.format(pageOf(readExports(directory)), { ...config, parser: "markdown" });
  if (!process.argv.includes("--check")) writeFileSync(page, text);
  else if (readFileSync(page, "utf8") !== text) {
    process.stderr.write("docs/api.md is not up to date; run: npm run docs\n");
    process.exitCode = 1;
  }
} finally {
  rmSync(directory, { recursive: true });
}
