import { expect, test, vi } from "vitest";
import { timeMedians } from "../../../bench/gpu-median.ts";
import { denseNetwork } from "../../../bench/gpu-networks.ts";
import { soak } from "../../../bench/gpu-soak.ts";
import { chooseBackend } from "../../../kernels/gpu/choose.ts";
import * as arithmetic from "../../../kernels/gpu/device/arithmetic.ts";
import { NETWORK_FIELDS, VALIDATOR_FIELDS } from "../../../kernels/gpu/device/fields.ts";
import { FloatKernel, groupAlike, verifyBackend } from "../../../kernels/gpu/kernel.ts";
import { prepareNetwork } from "../../../kernels/gpu/network.ts";
import { describeBackends } from "./available.ts";

// A software adapter on a busy machine is slow.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const SIZE = { neurons: 16, validators: 4 };
const ONE_EPOCH = { epochs: 1, bonds: "last" } as const;

describeBackends("a backend", (name) => {
  test("reports what ran, and only that", async () => {
    const kernel = await FloatKernel.open(name);
    expect(kernel.report.executor).toBeNull();
    await kernel.run([denseNetwork(1, SIZE, "fixed")], ONE_EPOCH);
    const { backend, adapter, driver, executor, fallback } = kernel.report;
    await kernel.close();
    expect({ backend, fallback }).toEqual({ backend: name, fallback: null });
    if (name === "webgpu") {
      expect(adapter).toMatch(/\w/);
      expect(driver).toMatch(/\w/);
      expect(executor).toBe("fused-encoder");
    } else {
      expect({ adapter, driver }).toEqual({ adapter: null, driver: null });
      expect(executor).toMatch(name === "cpu" ? /^generic$/ : /^fused-(sync|threaded)$/);
    }
  });

  test("can be opened twice at a time, closed and opened again", async () => {
    const inputs = [denseNetwork(2, SIZE, "liquid")];
    const first = await FloatKernel.open(name);
    const second = await FloatKernel.open(name);
    const a = await first.run(inputs, ONE_EPOCH);
    await first.close();
    const b = await second.run(inputs, ONE_EPOCH);
    await second.close();
    const third = await FloatKernel.open(name);
    const c = await third.run(inputs, ONE_EPOCH);
    await third.close();
    expect(b).toEqual(a);
    expect(c).toEqual(a);
    expect((globalThis as { navigator?: { gpu?: unknown } }).navigator?.gpu).toBeUndefined();
  });

  test("a network computes the same alone and in a batch of others", async () => {
    const inputs = Array.from({ length: 12 }, (_, k) =>
      denseNetwork(
        100 + k,
        { neurons: 9 + 3 * k, validators: 2 + (k % 5) },
        (["original", "fixed", "liquid"] as const)[k % 3]!,
      ),
    );
    const kernel = await FloatKernel.open(name);
    const together = await kernel.run(inputs, ONE_EPOCH);
    for (const [k, input] of inputs.entries()) {
      const [alone] = await kernel.run([input], ONE_EPOCH);
      expect(alone).toEqual(together[k]);
    }
    await kernel.close();
  });

  test("250 launches and 36 shapes leave memory and handles as they were", async () => {
    const samples = await soak(name, 250);
    const before = samples[1]!;
    const after = samples[samples.length - 2]!;
    expect(after.launches).toBe(250);
    expect(after.handles).toBeLessThanOrEqual(before.handles);
    expect(after.files ?? 0).toBeLessThanOrEqual(before.files ?? 0);
    expect(after.residentMebibytes - before.residentMebibytes).toBeLessThan(60);
    const kernel = await FloatKernel.open(name);
    // More shapes than are kept: the oldest pipelines are closed.
    for (const formula of ["original", "fixed", "liquid"] as const) {
      for (const validators of [4, 8, 16]) {
        for (const neurons of [17, 33, 65, 129]) {
          await kernel.run([denseNetwork(1, { neurons, validators }, formula)], ONE_EPOCH);
        }
      }
    }
    expect(process.memoryUsage().rss / 1_048_576 - before.residentMebibytes).toBeLessThan(300);
    await kernel.close();
  });
});

test("a launch that ran elsewhere than asked is an error, not a result", () => {
  const cpu = { backend: "cpu", executorKind: "generic", fallbackReason: "kernel declined" };
  expect(() => verifyBackend("webasm", cpu)).toThrow(
    "asked for the backend webasm, but gpu.js ran cpu (generic): kernel declined",
  );
  expect(() => verifyBackend("webgpu", { ...cpu, backend: "webgpu" })).toThrow("ran webgpu (generic)");
  expect(() => verifyBackend("cpu", cpu)).not.toThrow();
  expect(() =>
    verifyBackend("webgpu", { ...cpu, backend: "webgpu", executorKind: "fused-encoder" }),
  ).not.toThrow();
});

test("counting ranks finds the same medians as bisection", async () => {
  const { bisection, counting } = await timeMedians("webasm", 1);
  expect(Math.min(bisection, counting)).toBeGreaterThan(0);
});

test("batches larger than the device allows are split, a network that does not fit is refused", () => {
  const networks = Array.from({ length: 10 }, (_, k) => prepareNetwork(denseNetwork(k, SIZE, "fixed")));
  const groups = groupAlike(networks, 3 * 4 * 16);
  expect(groups.map(({ members }) => members.length)).toEqual([3, 3, 3, 1]);
  expect(groups.flatMap(({ members }) => members)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(groups.every(({ shape }) => shape.networks * shape.validators * shape.neurons <= 192)).toBe(true);
  expect(() => groupAlike(networks, 63)).toThrow(
    "a network of 4 validators and 16 neurons does not fit the device: at most 63 entries",
  );
});

test("networks of different formulas, and with unsorted rows, do not share a launch", () => {
  const liquid = denseNetwork(4, SIZE, "liquid");
  const unsorted = { ...liquid, weights: { ...liquid.weights, uids: liquid.weights.uids.slice().reverse() } };
  const inputs = [
    denseNetwork(1, SIZE, "original"),
    denseNetwork(2, SIZE, "fixed"),
    liquid,
    unsorted,
    liquid,
  ];
  const groups = groupAlike(inputs.map(prepareNetwork), 1e6);
  expect(groups.map(({ members }) => members)).toEqual([[0], [1], [2, 4], [3]]);
});

test("no helper's parameter has the name of a constant, which gpu.js would read instead", () => {
  const constants = new Set([
    "validatorCount",
    "neuronCount",
    ...Object.keys(VALIDATOR_FIELDS),
    ...Object.keys(NETWORK_FIELDS),
  ]);
  const parameters = Object.values(arithmetic).flatMap((helper) =>
    /\(([^)]*)\)/
      .exec(String(helper))![1]!
      .split(",")
      .map((name) => name.trim()),
  );
  expect(parameters.length).toBeGreaterThan(5);
  expect(parameters.filter((name) => constants.has(name))).toEqual([]);
});

test("auto is exact for few networks, and says why", async () => {
  const choice = await chooseBackend(2);
  expect(choice).toEqual({ backend: "exact", reason: "fewer than 256 networks at a time (2)" });
});

test("auto takes graphics hardware for many networks, and exact without it", async () => {
  const { backend, reason } = await chooseBackend(1024);
  if (backend === "exact") expect(reason).toMatch(/software|not available/);
  else expect(reason).toContain("graphics hardware");
});
