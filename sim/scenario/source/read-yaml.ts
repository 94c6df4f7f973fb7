import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { scenarioError } from "../error.ts";
import type { Member, ScalarTree, Source, Tree } from "./tree.ts";

/** Values that a scenario may hold once its aliases are followed: more belongs into a data file beside it. */
const MOST_VALUES = 500_000;

const DEEPEST = 64;

/** Reads YAML text; integers become bigint. Throws ScenarioError with line and column. */
export function readYaml(text: string, source: Source, withLines: boolean): Tree {
  const lineCounter = new LineCounter();
  const placeAt = (offset: number): string => {
    if (!withLines) return source.name;
    const { line, col } = lineCounter.linePos(offset);
    return `${source.name}:${line}:${col}`;
  };
  let document: Document.Parsed;
  try {
    // Equal keys are looked for below: the parser's own search takes quadratic time.
    document = parseDocument(text, {
      intAsBigInt: true,
      lineCounter,
      schema: "core",
      strict: true,
      uniqueKeys: false,
      prettyErrors: false,
    });
  } catch (error) {
    if (error instanceof RangeError) throw scenarioError(source.name, "", "nested too deeply to be read");
    throw error;
  }
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault !== undefined)
    throw scenarioError(placeAt(fault.pos[0]), "", yamlFault(fault.code, fault.message));
  return new Reader(document, source, placeAt).read();
}

/** What the parser says of expressions and paths that should stand in quotes. */
const QUOTES_MISSING = ["Nested mappings are not allowed", "Missing , or : between flow map items"];

function yamlFault(code: string, message: string): string {
  if (code === "TAB_AS_INDENT") return "a tab stands in the indentation; YAML allows spaces only";
  if (code === "MULTIPLE_DOCS") return "a second document begins here; a scenario is one document";
  const said = `no valid YAML: ${message.split("\n", 1)[0]}`;
  return QUOTES_MISSING.some((start) => message.startsWith(start))
    ? `${said}; a text with ": " in it, and one with [ ] within { }, stands in quotes`
    : said;
}

/** Turns the parser's nodes into a tree, following aliases without copying what they stand for. */
class Reader {
  private readonly document: Document.Parsed;
  private readonly source: Source;
  private readonly placeAt: (offset: number) => string;
  private readonly anchors = new Map<string, { tree: Tree; values: number }>();

  constructor(document: Document.Parsed, source: Source, placeAt: (offset: number) => string) {
    this.document = document;
    this.source = source;
    this.placeAt = placeAt;
  }

  read(): Tree {
    const contents = this.document.contents;
    if (contents === null)
      return { kind: "scalar", value: null, source: this.source, place: this.placeAt(0) };
    return this.convert(contents, 0).tree;
  }

  /** @returns the tree and the number of values in it, those behind aliases counted every time */
  private convert(node: Node | null, depth: number): { tree: Tree; values: number } {
    const spot = { source: this.source, place: this.placeAt(node?.range?.[0] ?? 0) };
    if (depth > DEEPEST)
      throw scenarioError(spot.place, "", `nested more than ${DEEPEST} levels deep, which no scenario needs`);
    const result = this.convertNode(node, depth, spot);
    if (result.values > MOST_VALUES)
      throw scenarioError(
        spot.place,
        "",
        `holds more than ${MOST_VALUES} values once its aliases are followed; put large tables into a CSV, JSON or Arrow file`,
      );
    const anchor = node !== null && "anchor" in node ? node.anchor : undefined;
    if (anchor !== undefined) this.anchors.set(anchor, result);
    return result;
  }

  private convertNode(
    node: Node | null,
    depth: number,
    spot: { source: Source; place: string },
  ): { tree: Tree; values: number } {
    if (node === null) return { tree: { kind: "scalar", value: null, ...spot }, values: 1 };
    if (isAlias(node)) {
      const target = this.anchors.get(node.source);
      if (target === undefined)
        throw scenarioError(
          spot.place,
          "",
          `alias *${node.source} has no finished anchor &${node.source} before it`,
        );
      return target;
    }
    if (isScalar(node))
      return { tree: { kind: "scalar", value: scalarValue(node.value), ...spot }, values: 1 };
    if (isSeq(node)) {
      let values = 1;
      const items = node.items.map((item) => {
        const part = this.convert(item as Node | null, depth + 1);
        values += part.values;
        return part.tree;
      });
      return { tree: { kind: "list", items, ...spot }, values };
    }
    if (!isMap(node))
      throw scenarioError(spot.place, "", "holds a kind of YAML value that scenarios do not use");
    let values = 1;
    const members = new Map<string, Member>();
    const merged: Tree[] = [];
    for (const pair of node.items) {
      const key = this.key(pair.key as Node | null, spot.place);
      if (key.name === "<<") {
        const part = this.convert(pair.value as Node | null, depth + 1);
        values += part.values;
        merged.push(part.tree);
        continue;
      }
      if (members.has(key.name))
        throw scenarioError(key.place, "", `key ${key.name} stands here a second time; a key may stand once`);
      const part = this.convert(pair.value as Node | null, depth + 1);
      values += part.values;
      members.set(key.name, { keyPlace: key.place, value: part.tree });
    }
    for (const part of merged) mergeInto(members, part);
    return { tree: { kind: "mapping", members, ...spot }, values };
  }

  private key(node: Node | null, parentPlace: string): { name: string; place: string } {
    const place = node?.range ? this.placeAt(node.range[0]) : parentPlace;
    if (!isScalar(node) || node.value === null)
      throw scenarioError(place, "", "a key must be a plain word or number");
    const name = String(scalarValue(node.value));
    // Would set the prototype of the object that is made of it.
    if (name === "__proto__") throw scenarioError(place, "", "unknown key __proto__");
    return { name, place };
  }
}

/** The core schema makes no other values than these. */
function scalarValue(value: unknown): ScalarTree["value"] {
  if (value === null || typeof value === "boolean" || typeof value === "number" || typeof value === "bigint")
    return value;
  return typeof value === "string" ? value : null;
}

/** `<<: *anchor` takes over the members of another mapping that are not given here, `<<: [*one, *other]` of several. */
function mergeInto(members: Map<string, Member>, part: Tree): void {
  // What stands in several of a list comes from the first.
  for (const mapping of part.kind === "list" ? part.items : [part]) {
    if (mapping.kind !== "mapping")
      throw scenarioError(
        mapping.place,
        "",
        "<< takes over the keys of a mapping, given by its alias (<<: *name), or of several (<<: [*one, *other])",
      );
    for (const [key, member] of mapping.members) if (!members.has(key)) members.set(key, member);
  }
}
