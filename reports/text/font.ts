import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * Advances of the bundled font, read from its TrueType tables, so that text has the same width on every machine
 * without a canvas. Kerning is left out, as renderers of SVG without shaping do.
 */
export interface FontMetrics {
  /** Width of a text in pixels at a font size in pixels. */
  width(text: string, fontSize: number): number;
}

const require = createRequire(import.meta.url);

/** The files of the bundled font: regular and bold. */
export function fontFiles(): { readonly regular: string; readonly bold: string } {
  const folder = join(dirname(require.resolve("dejavu-fonts-ttf/package.json")), "ttf");
  return { regular: join(folder, "DejaVuSans.ttf"), bold: join(folder, "DejaVuSans-Bold.ttf") };
}

const loaded = new Map<string, FontMetrics>();

/** Metrics of the bundled font; read once. */
export function bundledFont(weight: "regular" | "bold"): FontMetrics {
  const path = fontFiles()[weight];
  const known = loaded.get(path);
  if (known) return known;
  const metrics = readFontMetrics(readFileSync(path));
  loaded.set(path, metrics);
  return metrics;
}

/** Width of a text in the bundled font, in pixels. */
export function textWidth(text: string, fontSize: number, weight: "regular" | "bold" = "regular"): number {
  return bundledFont(weight).width(text, fontSize);
}

/**
 * Breaks a text at spaces into as few lines of at most `limit` pixels as it needs, of about the same length; a longer
 * word stays whole.
 */
export function wrapText(
  text: string,
  fontSize: number,
  limit: number,
  weight: "regular" | "bold" = "regular",
): string[] {
  const greedy = breakLines(text, fontSize, limit, weight);
  for (let narrower = limit - 10; narrower > 0; narrower -= 10) {
    if (breakLines(text, fontSize, narrower, weight).length > greedy.length) {
      return breakLines(text, fontSize, narrower + 10, weight);
    }
  }
  return greedy;
}

function breakLines(text: string, fontSize: number, limit: number, weight: "regular" | "bold"): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, fontSize, weight) > limit) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  if (line !== "") lines.push(line);
  return lines;
}

/** Reads the tables `head`, `hhea`, `hmtx` and `cmap` (format 12 or 4) of a TrueType font. */
export function readFontMetrics(bytes: Buffer): FontMetrics {
  const tables = tableOffsets(bytes);
  const unitsPerEm = bytes.readUInt16BE(tableAt(tables, "head") + 18);
  const advanceCount = bytes.readUInt16BE(tableAt(tables, "hhea") + 34);
  const hmtx = tableAt(tables, "hmtx");
  const glyphOf = characterMap(bytes, tableAt(tables, "cmap"));
  const advances = new Map<number, number>();
  const advanceOf = (codePoint: number): number => {
    const known = advances.get(codePoint);
    if (known !== undefined) return known;
    const glyph = Math.min(glyphOf(codePoint), advanceCount - 1);
    const advance = bytes.readUInt16BE(hmtx + 4 * glyph);
    advances.set(codePoint, advance);
    return advance;
  };
  return {
    width(text, fontSize) {
      let units = 0;
      for (const letter of text) units += advanceOf(letter.codePointAt(0)!);
      return (units * fontSize) / unitsPerEm;
    },
  };
}

function tableOffsets(bytes: Buffer): Map<string, number> {
  const tables = new Map<string, number>();
  for (let i = 0; i < bytes.readUInt16BE(4); i++) {
    const record = 12 + 16 * i;
    tables.set(bytes.toString("latin1", record, record + 4), bytes.readUInt32BE(record + 8));
  }
  return tables;
}

function tableAt(tables: ReadonlyMap<string, number>, name: string): number {
  const offset = tables.get(name);
  if (offset === undefined) throw new Error(`font has no table ${name}`);
  return offset;
}

/** Code point to glyph; 0, the glyph of what is missing, when the font does not have it. */
function characterMap(bytes: Buffer, cmap: number): (codePoint: number) => number {
  const subtables = new Map<number, number>();
  for (let i = 0; i < bytes.readUInt16BE(cmap + 2); i++) {
    const offset = cmap + bytes.readUInt32BE(cmap + 4 + 8 * i + 4);
    subtables.set(bytes.readUInt16BE(offset), offset);
  }
  const full = subtables.get(12);
  if (full !== undefined) return (codePoint) => glyphOfFormat12(bytes, full, codePoint);
  const basic = subtables.get(4);
  if (basic === undefined) throw new Error("font has no character map of format 4 or 12");
  return (codePoint) => glyphOfFormat4(bytes, basic, codePoint);
}

function glyphOfFormat12(bytes: Buffer, subtable: number, codePoint: number): number {
  for (let i = 0; i < bytes.readUInt32BE(subtable + 12); i++) {
    const group = subtable + 16 + 12 * i;
    const first = bytes.readUInt32BE(group);
    if (codePoint >= first && codePoint <= bytes.readUInt32BE(group + 4)) {
      return bytes.readUInt32BE(group + 8) + codePoint - first;
    }
  }
  return 0;
}

function glyphOfFormat4(bytes: Buffer, subtable: number, codePoint: number): number {
  const doubled = bytes.readUInt16BE(subtable + 6);
  for (let i = 0; i < doubled; i += 2) {
    if (codePoint > bytes.readUInt16BE(subtable + 14 + i)) continue;
    const first = bytes.readUInt16BE(subtable + 16 + doubled + i);
    if (codePoint < first) return 0;
    const delta = bytes.readUInt16BE(subtable + 16 + 2 * doubled + i);
    const rangeAt = subtable + 16 + 3 * doubled + i;
    const range = bytes.readUInt16BE(rangeAt);
    if (range === 0) return (codePoint + delta) & 0xffff;
    const glyph = bytes.readUInt16BE(rangeAt + range + 2 * (codePoint - first));
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}
