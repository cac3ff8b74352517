import { urlOf, urlsIn } from '@ushadow/kubernetes';

export interface ValueSign {
  readonly reason: string;
  /** Only a part of the value is secret: what it authenticates with. */
  readonly partly?: true;
}

interface Pattern extends ValueSign {
  readonly pattern: RegExp;
}

/** Values that are secret whatever their variable is called. */
const SIGNS: readonly Pattern[] = [
  { reason: 'the value is a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY|^AGE-SECRET-KEY-1/ },
  { reason: 'the value is a signed token', pattern: /(?:^|\s)eyJ[\w-]{8,}\.[\w-]+\./ },
  {
    reason: 'the value has the form of an access token',
    pattern:
      /(?:^|[\s=:"'/])(?:sk-[\w-]{16,}|[sr]k_(?:live|test)_\w{16,}|whsec_\w{16,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abeoprs]-[\w-]{10,}|xapp-[\w-]{10,}|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[\w-]{30,}|hf_\w{20,}|npm_\w{30,}|pypi-\w{30,}|dop_v1_\w{30,}|dckr_pat_[\w-]{20,}|hvs\.\w{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|tskey-[\w-]{10,}|\d{8,10}:AA[\w-]{30,})/,
  },
  {
    reason: 'the value is a hash of a password',
    pattern:
      /(?:^|[\s:,"'])(?:\$\$?(?:2[abxy]|5|6|y|apr1|argon2(?:id?|d))\$|pbkdf2[_:-]sha\d+[$:]|scram-sha-256\$|\{S?SHA\})/i,
  },
  {
    reason: 'the value is the address of a webhook, which lets everybody post there',
    pattern:
      /\/\/(?:hooks\.slack\.com\/(?:services|workflows|triggers)\/|(?:\w+\.)?discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/|[\w-]+\.webhook\.office\.com\/|api\.telegram\.org\/bot|hooks\.zapier\.com\/hooks\/)\S/i,
  },
];
const WITH_PASSWORD: Pattern = {
  reason: 'the value is a connection string with a password',
  pattern:
    /(?:^|[\s;&?,'"])(?:password|passwd|pwd|secret|token|api_?key|(?:shared)?access_?key|accountkey)=[^\s;&,'"]+/i,
  partly: true,
};
const WITH_USER: ValueSign = { reason: 'the value is a URL with user information', partly: true };
const GO_ADDRESS = /^[^\s:@/]+:[^\s@]+@(?:tcp|udp|unix)\(/;
/** Whoever logs in by a key names a user, and nothing to hide. */
const BY_KEY = /^(?:git\+)?(?:ssh|sftp|git)$/;

/** Whether the text has in it what is secret wherever it stands, such as a private key or a hash of a password. */
export function hasSecretForm(text: string): boolean {
  return SIGNS.some(({ pattern }) => pattern.test(text));
}

export function secretSign(value: string): ValueSign | undefined {
  const sign = SIGNS.find(({ pattern }) => pattern.test(value));
  if (sign !== undefined) return sign;
  const isWithUser = urlsIn(value).some(
    ({ scheme, userInfo }) => userInfo !== '' && (userInfo.includes(':') || !BY_KEY.test(scheme)),
  );
  if (isWithUser || GO_ADDRESS.test(value)) return WITH_USER;
  return WITH_PASSWORD.pattern.test(value) ? WITH_PASSWORD : undefined;
}

const SWITCH = /^(true|false|yes|no|on|off|[01])$/i;
const MEASURE = /^[+-]?\d+(\.\d+)?\s*(ms|s|m|h|d|w|k|kb|mb|gb|min|sec|%)?$/i;
const PATH = /^\.{0,2}\/[\w./-]*$/;
const FILE_NAME = /^(?:[\w.-]+\/)*[\w-][\w.-]*\.\w{1,12}$/;

export const isSwitch = (value: string): boolean => SWITCH.test(value);
export const isMeasure = (value: string): boolean => MEASURE.test(value);
/** An absolute or dotted path of more than one segment, or with a file extension. */
export const isPath = (value: string): boolean => PATH.test(value) && /\/.*\/|\.\w+$|^\/?$/.test(value);
/** Nothing, or a file named from where the program runs. */
export const isFileName = (value: string): boolean => value === '' || FILE_NAME.test(value);
/** One URL with nobody's name in it. */
export const isPlainUrl = (value: string): boolean => urlOf(value)?.userInfo === '';

const OPAQUE = /^[A-Za-z0-9+/_=-]{32,}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Looks random: long, one word, letters and digits mixed, many different characters. */
export function isOpaque(value: string): boolean {
  if (!OPAQUE.test(value) || UUID.test(value) || PATH.test(value)) return false;
  return /\d/.test(value) && /[A-Za-z]/.test(value) && new Set(value).size >= 12;
}
