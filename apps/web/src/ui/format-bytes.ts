const KIB = 1024;

/** `1 byte`, `940 bytes`, `1.5 KiB`, `4 MiB`: two digits at most, and no more than is there. */
export function formatBytes(bytes: number): string {
  if (bytes < KIB) return bytes === 1 ? '1 byte' : `${String(bytes)} bytes`;
  const [value, unit] = bytes < KIB * KIB ? [bytes / KIB, 'KiB'] : [bytes / KIB / KIB, 'MiB'];
  return `${value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value))} ${unit}`;
}
