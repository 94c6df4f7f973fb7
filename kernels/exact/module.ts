/** The compiled WASM and what it exports. */
import { WASM_BASE64 } from "./wasm.generated.ts";

/** The part of the WebAssembly API that is used here; the ES libraries of TypeScript leave it to the DOM's. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** Functions of the kernel's WASM; a handle is a subnet's address in the kernel's memory. */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  create(n: number): number;
  free(handle: number): void;
  pointerOf(handle: number, index: number): number;
  reserve(handle: number, uids: number, entries: number): void;
  stageRow(length: number): number;
  putWeights(handle: number, uid: number, length: number): void;
  redoneStrips(): number;
  redonePairs(): number;
  step(handle: number): number;
  stepParts(handle: number, parts: number): number;
  stepScalar(handle: number): void;
  forget(handle: number): void;
  commit(handle: number): void;
  multiply(a: bigint, b: bigint): bigint;
  divide(a: bigint, b: bigint): bigint;
  safeDivide(a: bigint, b: bigint): bigint;
  fromProportion(x: bigint): bigint;
  toProportion(raw: bigint): number;
  toRao(raw: bigint, rao: bigint): bigint;
  safeExponential(x: bigint): bigint;
  setDivisor(lane: number, divisor: bigint): void;
  divideStrip(values: number, out: number, slots: number, lane: number, largest: number): void;
  setMaxima(maxima: number): void;
  upscaleStrip(values: number, out: number, slots: number, lane: number): void;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let k = 0; k < bytes.length; k++) bytes[k] = characters.charCodeAt(k);
  return bytes;
}

let compiled: object | undefined;

/** A fresh instance with a memory of its own; the code is compiled once per thread. */
export function instantiateKernel(): KernelExports {
  compiled ??= new WebAssembly.Module(decodeBase64(WASM_BASE64));
  const imports = {
    env: {
      abort(): never {
        throw new Error("exact kernel: out of memory");
      },
    },
  };
  return new WebAssembly.Instance(compiled, imports).exports as KernelExports;
}
