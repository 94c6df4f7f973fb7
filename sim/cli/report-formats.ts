import { REPORT_FORMATS, type ReportFormat } from "../../reports/formats.ts";
import { InputError } from "../errors.ts";

/** What `--format` of the commands that write reports says. */
export const FORMAT_HELP = `${REPORT_FORMATS.join(", ")}, with commas between`;

/** The formats in a comma-separated list. @throws InputError for one that is none */
export function reportFormats(list: string): ReportFormat[] {
  return list.split(",").map((name) => {
    const format = REPORT_FORMATS.find((candidate) => candidate === name.trim());
    if (!format)
      throw new InputError(`--format ${name}: allowed: ${REPORT_FORMATS.join(", ")}, with commas between`);
    return format;
  });
}

/** The same for a command that writes a report only where it is asked to. @throws InputError for formats of no report */
export function formatsOfReport(report: string | undefined, list: string | undefined): ReportFormat[] {
  if (report === undefined && list !== undefined)
    throw new InputError(`--format ${list}: say where the report goes with --report DIR`);
  return reportFormats(list ?? "html");
}
