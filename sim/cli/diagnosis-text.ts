import type { Diagnosis } from "../run/doctor.ts";

/** What `yumasim doctor` prints, a paragraph per backend. */
export function describeDiagnoses(diagnoses: readonly Diagnosis[]): string {
  return `${diagnoses.map(describeDiagnosis).join("\n")}\n`;
}

function describeDiagnosis(diagnosis: Diagnosis): string {
  const name = diagnosis.backend.padEnd(7);
  if (!diagnosis.available) return `${name} not available: ${diagnosis.reason}\n        ${diagnosis.remedy}`;
  const { report, limits, worstError, passed } = diagnosis;
  const verdict = passed ? `self-test passed, off by ${worstError.toExponential(1)}` : "SELF-TEST FAILED";
  const lines = [`${name} available: ${verdict}`, `executor ${report.executor ?? "none"}`];
  if (report.adapter !== null) lines.push(`adapter ${report.adapter}`);
  if (report.driver !== null) lines.push(`driver ${report.driver}`);
  if (limits !== null) {
    const mebibytes = Math.floor(limits.maxStorageBufferBindingSize / 1_048_576);
    lines.push(
      `largest buffer ${mebibytes} MiB, ${limits.maxStorageBuffersPerShaderStage} buffers per kernel, ${limits.maxComputeWorkgroupsPerDimension} workgroups per dimension`,
    );
  }
  return lines.join("\n        ");
}
