const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
  p: 2 ** 50,
};

/** Bytes of a Compose size: `64m` is 64 MiB, as Docker reads it; undefined when it is none. */
export function byteCount(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgtp]?)i?b?$/i.exec(text.trim());
  const factor = FACTORS[match?.[2]?.toLowerCase() ?? '!'];
  return match === null || factor === undefined ? undefined : Math.round(Number(match[1]) * factor);
}
