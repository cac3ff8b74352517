/** A count, size or share as a number above zero; Compose writes 0 for "not set". */
export function positive(value: string | number | undefined): number | undefined {
  const number = Number(value ?? 0);
  return Number.isFinite(number) && number > 0 ? number : undefined;
}
