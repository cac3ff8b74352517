/** The code of a system error: "ENOENT". Not by `instanceof`, which fails between the realms of a test runner. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
