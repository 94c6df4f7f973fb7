import { z } from "zod";
import { either, isMapping, mapping, type Reading } from "./leaf.ts";

/** A value that holds from epoch 0 on, or values by the epoch from which they hold. */
export type ByEpoch<T> = { readonly by_epoch: Readonly<Record<string, T>> };

/** Accepts `value`, or `by_epoch: {0: value, 10: value}`. */
export function orByEpoch<T>(value: Reading<T>, description: string): Reading<T | ByEpoch<T>> {
  const changing = mapping({
    by_epoch: z
      .record(
        z.string().regex(/^\d{1,9}$/, { message: "an epoch number is needed as key (0, 1, ...)" }),
        value,
      )
      .refine((epochs) => Object.hasOwn(epochs, "0"), {
        message: "says nothing about epoch 0; give a value for it",
      })
      .describe("The value that holds from each epoch on; the first epoch is 0."),
  });
  return either<T | ByEpoch<T>>(
    (input) => (isMapping(input) && "by_epoch" in input ? changing : value),
    [value, changing],
    description,
  );
}

/** The values of `plan` by epoch, ascending. */
export function valuesByEpoch<T>(plan: T | ByEpoch<T>): [epoch: number, value: T][] {
  if (!isByEpoch(plan)) return [[0, plan]];
  return Object.entries(plan.by_epoch)
    .map(([epoch, value]): [number, T] => [Number(epoch), value])
    .sort((a, b) => a[0] - b[0]);
}

/** Whether a value is given by epoch. */
export function isByEpoch<T>(plan: T | ByEpoch<T>): plan is ByEpoch<T> {
  return typeof plan === "object" && plan !== null && "by_epoch" in plan;
}
