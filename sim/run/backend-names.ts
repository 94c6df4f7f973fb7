import { BACKENDS } from "../../kernels/gpu/backends.ts";

/** What may compute the epochs of a run. */
export const RUN_BACKENDS = ["exact", ...BACKENDS, "auto"] as const;
export type RunBackend = (typeof RUN_BACKENDS)[number];

/** What does compute them: `auto` stands for one of the others. */
export type OpenBackend = Exclude<RunBackend, "auto">;
