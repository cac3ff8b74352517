const SUBDOMAIN_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_TEXT = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** RFC 1123 subdomain, at most 253 characters: names of most objects, host names, key prefixes. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && text.split('.').every((part) => SUBDOMAIN_LABEL.test(part));
}

/** Label value: empty, or at most 63 of `[A-Za-z0-9._-]` with a letter or digit at both ends. */
export function isLabelValue(text: string): boolean {
  return LABEL_TEXT.test(text);
}

/** Label or annotation key: `name` or `prefix/name`, the prefix being a DNS subdomain. */
export function isLabelKey(text: string): boolean {
  const parts = text.split('/');
  const name = parts.at(-1) ?? '';
  if (parts.length > 2 || name === '' || !LABEL_TEXT.test(name)) return false;
  return parts.length === 1 || isDnsSubdomain(parts[0] ?? '');
}

/** IANA service name as Kubernetes wants it: at most 15 of `[a-z0-9-]`, a letter, no edge or doubled hyphen. */
export function isPortName(text: string): boolean {
  return text.length <= 15 && /[a-z]/.test(text) && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}
