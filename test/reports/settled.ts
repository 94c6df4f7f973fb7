/** An SVG without what may change and means nothing: digits far behind the point, and running numbers of clip paths. */
export function settled(svg: string): string {
  const clips = new Map<string, string>();
  return `${svg
    .replace(/-?\d+\.\d+(e-?\d+)?/g, (number) => String(Math.round(Number(number) * 10) / 10))
    .replace(/\bclip\d+\b/g, (name) => {
      if (!clips.has(name)) clips.set(name, `clip-${clips.size}`);
      return clips.get(name)!;
    })
    .replaceAll("><", ">\n<")}\n`;
}
