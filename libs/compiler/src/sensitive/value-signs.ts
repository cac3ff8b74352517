interface ValueSign {
  readonly reason: string;
  readonly pattern: RegExp;
}

/** Values that are secret whatever their variable is called. */
const SIGNS: readonly ValueSign[] = [
  { reason: 'the value is a URL with user information', pattern: /[a-z][a-z0-9+.-]*:\/\/[^\s/?#@"'<>]+@/i },
  {
    reason: 'the value is a connection string with a password',
    pattern: /(?:^|[\s;&?,'"])(?:password|passwd|pwd|secret|token|api_?key)=[^\s;&,'"]+/i,
  },
  { reason: 'the value is a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY/ },
  { reason: 'the value is a signed token', pattern: /(?:^|\s)eyJ[\w-]{8,}\.[\w-]+\./ },
  {
    reason: 'the value has the form of an access token',
    pattern:
      /(?:^|[\s=:"'])(?:sk-[\w-]{16,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}|AKIA[A-Z0-9]{16}|AIza[\w-]{30,}|hf_\w{20,})/,
  },
];

export function secretSign(value: string): string | undefined {
  return SIGNS.find(({ pattern }) => pattern.test(value))?.reason;
}

const SWITCH = /^(true|false|yes|no|on|off|[01])$/i;
const MEASURE = /^[+-]?\d+(\.\d+)?\s*(ms|s|m|h|d|w|k|kb|mb|gb|min|sec|%)?$/i;
const PATH = /^\.{0,2}\/[\w./-]*$/;
const PLAIN_URL = /^[a-z][a-z0-9+.-]*:\/\/[^\s@]*$/i;

export const isSwitch = (value: string): boolean => SWITCH.test(value);
export const isMeasure = (value: string): boolean => MEASURE.test(value);
/** An absolute or dotted path of more than one segment, or with a file extension. */
export const isPath = (value: string): boolean => PATH.test(value) && /\/.*\/|\.\w+$|^\/?$/.test(value);
export const isPlainUrl = (value: string): boolean => PLAIN_URL.test(value);

const OPAQUE = /^[A-Za-z0-9+/_=-]{32,}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Looks random: long, one word, letters and digits mixed, many different characters. */
export function isOpaque(value: string): boolean {
  if (!OPAQUE.test(value) || UUID.test(value) || PATH.test(value)) return false;
  return /\d/.test(value) && /[A-Za-z]/.test(value) && new Set(value).size >= 12;
}
