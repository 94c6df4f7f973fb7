/** The Yuma formulas. New ones are added under a new name; what a name means never changes. */
export const VARIANTS = ["yuma1", "yuma2", "yuma2a", "yuma2b", "yuma2c", "yuma3", "yuma3-liquid"] as const;

export type Variant = (typeof VARIANTS)[number];

/**
 * The variant that a name stands for: `yuma3-liquid` and `YUMA3_LIQUID` are the same one.
 * @returns undefined for an unknown name
 */
export function findVariant(name: string): Variant | undefined {
  const spelled = name.toLowerCase().replaceAll("_", "-");
  return VARIANTS.find((variant) => variant === spelled);
}
