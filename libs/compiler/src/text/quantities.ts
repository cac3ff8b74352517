import { formatQuantity } from '@ushadow/kubernetes';

/** Thousandths of a core as a quantity: 500 is `500m`, 2000 is `2`. */
export function cpuQuantity(milli: number): string {
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

/** Bytes as a quantity with the largest binary unit that divides them: 67108864 is `64Mi`. */
export function memoryQuantity(bytes: number): string {
  return formatQuantity(BigInt(Math.round(bytes)) * 1000n, 'binary');
}
