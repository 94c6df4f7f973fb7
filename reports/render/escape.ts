import { createHash } from "node:crypto";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for the content or a quoted attribute of an HTML element. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ENTITIES[letter]!);
}

/** JSON for a `<script>` element: no `<` can end it or open a comment. */
export function jsonForScript(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** A script for a `<script>` element. The sequences that would end it or open a comment occur in strings and patterns only. */
export function scriptForHtml(source: string): string {
  return source.replace(/<\/script/gi, "<\\/script").replaceAll("<!--", "<\\!--");
}

/** Source expression of a content security policy that allows exactly this inline script or style. */
export function sourceHash(content: string): string {
  return `'sha256-${createHash("sha256").update(content, "utf8").digest("base64")}'`;
}
