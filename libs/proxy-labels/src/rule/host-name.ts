const NAME = /^(?:\*\.)?[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/;
const LENGTH_MAX = 253;

/** As it is compared: lower case, without the dot at the end. */
export function plainHost(text: string): string {
  return text.toLowerCase().replace(/\.$/, '');
}

/** Why no request could be for that host; undefined where one could. */
export function hostProblem(text: string): string | undefined {
  const host = plainHost(text);
  if (host === '*') return undefined;
  if (host.length > LENGTH_MAX) return `a host has at most ${LENGTH_MAX} characters`;
  if (/[^\0-\x7f]/.test(host)) return `"${text}" must be written in ASCII (punycode)`;
  return NAME.test(host) ? undefined : `"${text}" is no host name`;
}
