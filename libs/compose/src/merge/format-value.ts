import type { ScalarNode } from '../tree/node.ts';

/** A scalar as text, as Compose prints it: floating-point numbers from a million on with an exponent. */
export function formatValue({ value, float }: Pick<ScalarNode, 'value' | 'float'>): string {
  if (value === null) return '';
  if (typeof value !== 'number' || !float) return String(value);
  return formatFloat(value);
}

/** From here on Go writes a floating-point number with an exponent. */
const EXPONENT_MAX = 6;

function formatFloat(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  if (exponent >= -4 && exponent < EXPONENT_MAX) return String(value);
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const digits = power.replace(/^[-+]/, '').padStart(2, '0');
  return `${mantissa}e${power.startsWith('-') ? '-' : '+'}${digits}`;
}
