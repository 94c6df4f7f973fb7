/** State as text that does not depend on the order of maps: equal states, equal text. */
export function canonical(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "undefined";
  if (value instanceof Map) {
    const entries = [...value].map(([key, entry]) => `${String(key)}:${canonical(entry)}`);
    return `{${entries.sort((a, b) => (a < b ? -1 : 1)).join(",")}}`;
  }
  if (value instanceof ArrayBuffer) return "";
  if (ArrayBuffer.isView(value)) return `<${String(value)}>`;
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const members = Object.entries(value).map(([key, member]) => `${key}=${canonical(member)}`);
  return `(${members.sort((a, b) => (a < b ? -1 : 1)).join(",")})`;
}
