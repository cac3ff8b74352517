import { shortened } from './shortened.ts';

/** RFC 1123 labels may start with a digit; RFC 1035 labels (Services) must start with a letter. */
export type DnsLabelRule = 'rfc1123' | 'rfc1035';

const MAX_LENGTH = 63;
const VALID: Readonly<Record<DnsLabelRule, RegExp>> = {
  rfc1123: /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
  rfc1035: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
};
const HASH_SUFFIX = /-[0-9a-f]{8}$/;

export function isDnsLabel(text: string, rule: DnsLabelRule = 'rfc1123'): boolean {
  return VALID[rule].test(text);
}

/**
 * A valid label for any text, injective in practice: valid input stays as it is; anything else is
 * sanitised and given 8 hex digits of its own hash. Valid input that already ends like such a hash is
 * hashed as well, so that no input can be written to equal another one's result.
 */
export function dnsLabel(text: string, rule: DnsLabelRule = 'rfc1123', maxLength = MAX_LENGTH): string {
  if (VALID[rule].test(text) && text.length <= maxLength && !HASH_SUFFIX.test(text)) return text;
  return shortened(sanitise(text, rule), text, maxLength);
}

function sanitise(text: string, rule: DnsLabelRule): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const stem = plain === '' ? 'x' : plain;
  return rule === 'rfc1035' && /^[0-9]/.test(stem) ? `x${stem}` : stem;
}
