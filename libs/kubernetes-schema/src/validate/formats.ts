import { isDnsSubdomain } from '@ushadow/kubernetes';

/** Small syntaxes of the Kubernetes API that libs/kubernetes does not have. */

export function isWildcardDomain(text: string): boolean {
  return text.startsWith('*.') && isDnsSubdomain(text.slice(2)) && text.length <= 253;
}

export function isHost(text: string): boolean {
  return !isIp(text) && (text.includes('*') ? isWildcardDomain(text) : isDnsSubdomain(text));
}

const byte = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = new RegExp(`^${byte}(?:\\.${byte}){3}$`);

export function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const mapped = last.includes('.');
  if (mapped && !ipv4.test(last)) return false;
  const count = groups.length + (mapped ? 1 : 0);
  if (!groups.slice(0, mapped ? -1 : undefined).every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  return halves.length === 2 ? count < 8 : count === 8;
}

export function isIp(text: string): boolean {
  return ipv4.test(text) || isIpv6(text);
}

export function isCidr(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/');
  if (rest.length || !/^(0|[1-9]\d*)$/.test(bits)) return false;
  return (ipv4.test(address) && Number(bits) <= 32) || (isIpv6(address) && Number(bits) <= 128);
}

/** Keys of ConfigMaps and Secrets become file names. */
export function isDataKey(text: string): boolean {
  return /^[-._a-zA-Z0-9]{1,253}$/.test(text) && text !== '.' && !text.startsWith('..');
}

/** Since 1.34 every printable ASCII character but the equals sign. */
export function isEnvName(text: string): boolean {
  return /^[\x20-\x3c\x3e-\x7e]+$/.test(text);
}

export function isPort(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535;
}

/** A relative path that stays below its folder. */
export function isDescendingPath(text: string): boolean {
  return !text.startsWith('/') && !text.split('/').includes('..');
}

/** Besides, no name that begins with `..`, which kubelet keeps for itself. */
export function isFileInVolume(text: string): boolean {
  return isDescendingPath(text) && !text.startsWith('..');
}

export function isPercentage(value: unknown): boolean {
  return typeof value === 'string' && /^\d+%$/.test(value);
}

const cronFields = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec' },
  { min: 0, max: 6, names: 'sun mon tue wed thu fri sat' },
] as const;

function isCronPart(part: string, field: (typeof cronFields)[number]): boolean {
  const [, from = '', to, step] = /^(\*|\?|[a-z]{3}|\d+)(?:-([a-z]{3}|\d+))?(?:\/(\d+))?$/i.exec(part) ?? [];
  if (from === '' || (step !== undefined && Number(step) === 0)) return false;
  if (from === '*' || from === '?') return to === undefined;
  const names = 'names' in field ? field.names.split(' ') : [];
  const number = (text: string): number =>
    /^\d+$/.test(text)
      ? Number(text)
      : names.includes(text.toLowerCase())
        ? names.indexOf(text.toLowerCase()) + field.min
        : Number.NaN;
  const low = number(from);
  const high = to === undefined ? low : number(to);
  return low >= field.min && high <= field.max && low <= high;
}

/** The five fields of cron, or a name such as `@daily`. */
export function isCronSchedule(text: string): boolean {
  if (/^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(text)) return true;
  if (/^@every (\d+(\.\d+)?(h|m|s|ms|us|ns))+$/.test(text)) return true;
  const parts = text.trim().split(/\s+/);
  return (
    parts.length === 5 &&
    cronFields.every((field, i) => (parts[i] ?? '').split(',').every((part) => isCronPart(part, field)))
  );
}
