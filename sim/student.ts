/** 97.5 % quantiles of Student's t for 1 to 10 degrees of freedom. */
const STUDENT = [
  12.706204736174694, 4.302652729749462, 3.182446305283708, 2.776445105197793, 2.570581835636314,
  2.446911848791681, 2.364624251010299, 2.306004135033371, 2.262157162740992, 2.228138851964939,
];

/** The quantile of the normal distribution at 97.5 %. */
const NORMAL = 1.959963984540054;

/** The 97.5 % quantile of Student's t; above 10 degrees of freedom by its expansion, which is right to five digits. */
export function studentQuantile(degrees: number): number {
  const known = STUDENT[degrees - 1];
  if (known !== undefined) return known;
  const z = NORMAL;
  const z2 = z * z;
  const first = (z * (z2 + 1)) / 4;
  const second = (z * ((5 * z2 + 16) * z2 + 3)) / 96;
  const third = (z * (((3 * z2 + 19) * z2 + 17) * z2 - 15)) / 384;
  const fourth = (z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945)) / 92_160;
  return z + (first + (second + (third + fourth / degrees) / degrees) / degrees) / degrees;
}
