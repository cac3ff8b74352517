import type { ScalarNode } from '../tree/node.ts';

type Resolved = Pick<ScalarNode, 'value' | 'float'>;

const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);
const TRUE = new Set(['true', 'True', 'TRUE']);
const FALSE = new Set(['false', 'False', 'FALSE']);
const INTEGER = /^[-+]?(?:0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const SPECIAL_FLOATS = /^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/;

/** Numbers with a base prefix; a leading zero is octal, as in YAML 1.1, because file modes are written so. */
const BASES: readonly (readonly [RegExp, number])[] = [
  [/^([-+]?)0o?([0-7]+)$/, 8],
  [/^([-+]?)0[xX]([0-9a-fA-F]+)$/, 16],
  [/^([-+]?)0[bB]([01]+)$/, 2],
];

/** The value of a plain (unquoted) scalar by the rules Compose reads YAML with. */
export function resolvePlain(text: string): Resolved {
  if (NULLS.has(text)) return { value: null };
  if (TRUE.has(text)) return { value: true };
  if (FALSE.has(text)) return { value: false };
  if (!/^[-+.0-9]/.test(text)) return { value: text };
  return resolveNumber(text.replaceAll('_', '')) ?? { value: timestampText(text) ?? text };
}

function resolveNumber(digits: string): Resolved | undefined {
  if (INTEGER.test(digits)) return wholeNumber(digits);
  for (const [pattern, base] of BASES) {
    const match = pattern.exec(digits);
    if (match) return { value: Number.parseInt(`${match[1]}${match[2]}`, base) };
  }
  if (FLOAT.test(digits)) return { value: Number(digits), float: true };
  if (SPECIAL_FLOATS.test(digits)) return { value: digits, float: true };
  return undefined;
}

const UNSIGNED_MAX = 2n ** 64n - 1n;

/** Beyond 64 bits, Compose reads a whole number as floating-point. Ours keeps as text what a number cannot hold. */
function wholeNumber(digits: string): Resolved {
  const value = Number(digits);
  if (Number.isSafeInteger(value)) return { value };
  const exact = BigInt(digits.replace('+', ''));
  const fits = exact <= UNSIGNED_MAX && exact >= -(2n ** 63n);
  return fits ? { value: String(exact) } : { value, float: true };
}

const TIMESTAMP = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]| +)(\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?(Z)?)?$/;

/** An unquoted date is a point in time to the reference, which then prints it in this way. */
function timestampText(text: string): string | undefined {
  const [whole, year = '', ...rest] = TIMESTAMP.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const [month = '', day = '', hour = '0', minute = '0', second = '0', fraction = ''] = rest;
  const within = [month, day, hour, minute, second]
    .map(Number)
    .every((part, index) => part <= (TIME_PARTS_MAX[index] ?? 0));
  if (!within || Number(month) < 1 || Number(day) < 1) return undefined;
  const pad = (part: string): string => part.padStart(2, '0');
  return `${year}-${pad(month)}-${pad(day)} ${pad(hour)}:${pad(minute)}:${pad(second)}${fraction.replace(/\.?0+$/, '')} +0000 UTC`;
}

const TIME_PARTS_MAX = [12, 31, 23, 59, 59];

/** Reads a scalar by an explicit tag; undefined when text and tag do not fit. */
export function resolveTagged(tag: string, text: string): Resolved | undefined {
  if (tag === 'tag:yaml.org,2002:str' || tag === '!') return { value: text };
  const plain = resolvePlain(text);
  const fits: Record<string, boolean> = {
    'tag:yaml.org,2002:int': typeof plain.value === 'number' && !plain.float,
    'tag:yaml.org,2002:float': typeof plain.value === 'number',
    'tag:yaml.org,2002:bool': typeof plain.value === 'boolean',
    'tag:yaml.org,2002:null': plain.value === null,
  };
  const fit = fits[tag];
  if (fit === undefined) return { value: text };
  if (!fit) return undefined;
  return tag === 'tag:yaml.org,2002:float' ? { value: plain.value, float: true } : plain;
}
