/** Writes the report of a run into its directory. @returns the path of the page */
export async function writeRunReport(directory: string): Promise<string | null> {
  // The chart library is large; a run without a report does not wait for it.
  const { renderReport } = await import("../../reports/index.ts");
  const [page] = await renderReport([directory], { formats: ["html"], outDir: directory });
  return page ?? null;
}
