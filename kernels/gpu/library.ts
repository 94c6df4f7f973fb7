/**
 * The part of gpu.js that the float epochs use, in our own words: the package is an optional peer, so nothing here may
 * need it to compile, and its declarations have errors of their own.
 */

/** A value inside a pipeline: an argument, or what a kernel will compute. It has no contents while the pipeline is planned. */
export interface Handle {
  readonly handle: never;
}

/** A compiled device function; inside a pipeline it takes and gives handles. */
export interface DeviceKernel {
  (...values: readonly Handle[]): Handle;
  readonly kernel: {
    readonly constructor: { readonly mode: string };
    readonly context?: DeviceContext | null;
    readonly fallbackReason?: string | null;
  };
  destroy(): void;
}

/** A whole computation in one launch. */
export interface DevicePipeline {
  (...values: readonly unknown[]): Promise<unknown[]>;
  readonly executorKind: string;
  readonly backend: string;
  readonly fallbackReason: string | null;
  readonly plan?: { readonly kernels: readonly { readonly clone: DeviceKernel }[] } | null;
  destroy(): Promise<void>;
}

/** What stands behind the kernels of the `webgpu` mode. */
export interface DeviceContext {
  readonly adapter: { readonly info: AdapterInfo; readonly limits: DeviceLimits };
  readonly device: {
    readonly limits: DeviceLimits;
    onuncapturederror: ((event: { readonly error: { readonly message: string } }) => void) | null;
    readonly lost: Promise<unknown>;
    destroy(): void;
  };
  readonly isLost: boolean;
}

export interface AdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  /** Whether it is software. */
  readonly isFallbackAdapter?: boolean;
}

export interface DeviceLimits {
  readonly maxStorageBufferBindingSize: number;
  readonly maxBufferSize: number;
  readonly maxStorageBuffersPerShaderStage: number;
  readonly maxComputeWorkgroupsPerDimension: number;
}

export interface KernelSettings {
  readonly output: readonly number[];
  readonly constants: object;
  readonly functions: readonly string[];
  readonly precision: "single";
  readonly loopMaxIterations: number;
}

/** An instance of gpu.js. */
export interface Device {
  createKernel(source: string, settings: KernelSettings): DeviceKernel;
  createPipeline(plan: (...values: Handle[]) => Handle[]): DevicePipeline;
  destroy(): Promise<void>;
}

/** The module. */
export interface DeviceLibrary {
  readonly GPU: new (settings: { readonly mode: string }) => Device;
  /** A flat array with its sizes, the fastest first. */
  input(values: Float32Array, size: readonly number[]): unknown;
}
