/**
 * Names come from scenarios and metagraphs, so they are untrusted text: they may hold control characters,
 * right-to-left marks or ten thousand letters. What a chart prints goes through here; data files keep the original.
 */

/** Control characters, bidirectional controls, zero-width characters, lone surrogates. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** One line of visible text of at most `limit` characters, cut in the middle so that both ends can be told apart. */
export function displayText(text: string, limit = 200): string {
  // Cut first: cleaning ten megabytes to show twenty letters would be work for nothing.
  const visible = text
    .slice(0, 4 * limit + 1000)
    .replace(INVISIBLE, " ")
    .replace(/\s+/gu, " ")
    .trim();
  const letters = Array.from(visible);
  if (letters.length === 0) return "(no name)";
  if (letters.length <= limit) return visible;
  const tail = Math.min(4, Math.floor(limit / 3));
  return `${letters.slice(0, limit - tail - 1).join("")}…${letters.slice(letters.length - tail).join("")}`;
}

/** Letters of a description or of a text that a page shows. */
const MOST_PROSE = 2000;

/** A description or a text as `displayText` shows it; nothing where there is none. */
export function displayProse(text: string): string {
  return text.trim() === "" ? "" : displayText(text, MOST_PROSE);
}

const SS58_ADDRESS = /^[1-9A-HJ-NP-Za-km-z]{46,49}$/;

/** Name of a neuron on a chart: its own short name, or "uid 17" where the hotkey is an SS58 address. */
export function neuronLabel(uid: number, hotkey: string): string {
  return SS58_ADDRESS.test(hotkey) ? `uid ${uid}` : displayText(hotkey, 18);
}

/** Names of all neurons; where two would read the same, the uid is added. */
export function neuronLabels(hotkeys: readonly string[]): string[] {
  const labels = hotkeys.map((hotkey, uid) => neuronLabel(uid, hotkey));
  const seen = new Map<string, number>();
  for (const label of labels) seen.set(label, (seen.get(label) ?? 0) + 1);
  return labels.map((label, uid) => (seen.get(label)! > 1 ? `${label} (uid ${uid})` : label));
}

/** Name and uid together, for tooltips: "validator-0 (uid 0)". */
export function neuronFullName(uid: number, hotkey: string): string {
  return `${displayText(hotkey, 64)} (uid ${uid})`;
}
