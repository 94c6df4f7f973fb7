import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { WASM_BASE64, WASM_SHA256 } from "../../../kernels/exact/wasm.generated.ts";

it("the kernel's WASM comes out of its sources byte for byte", async () => {
  const committed = readFileSync(
    new URL("../../../kernels/exact/exact.wasm.sha256", import.meta.url),
    "utf8",
  ).trim();
  const script = new URL("../../../scripts/build-wasm.mjs", import.meta.url).href;
  const { compileKernel } = (await import(script)) as { compileKernel: () => Promise<Uint8Array> };
  const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
  expect(sha256(await compileKernel())).toBe(committed);
  expect(sha256(Buffer.from(WASM_BASE64, "base64"))).toBe(committed);
  expect(WASM_SHA256).toBe(committed);
});
