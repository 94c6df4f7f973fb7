import { defineCommand } from "../command.ts";
import { describeDiagnoses } from "../diagnosis-text.ts";
import { EXIT } from "../exit-codes.ts";

/** `yumasim doctor`: what can compute epochs on this machine. */
export const DOCTOR = defineCommand({
  command: "doctor",
  describe: "list the backends, what they run on, and test each of them",
  options: (yargs) =>
    yargs
      .option("json", { type: "boolean", default: false, describe: "print JSON" })
      .example("$0 doctor", "what --backend can be on this machine"),
  run: async ({ json }) => {
    const { diagnose } = await import("../../run/doctor.ts");
    const diagnoses = await diagnose();
    process.stdout.write(json ? `${JSON.stringify(diagnoses)}\n` : describeDiagnoses(diagnoses));
    return diagnoses.every((one) => !one.available || one.passed) ? EXIT.good : EXIT.no;
  },
});
