export const MASK = '[redacted]';

export interface RedactionPattern {
  readonly name: string;
  /** Global. What it keeps is in group 1 (before the secret) and group 2 (after it). */
  readonly find: RegExp;
}

// "LS0tLS1CRUdJTi" is base64 of "-----BEGIN"; "YXBpVmVyc2lvbj" of "apiVersion"; "a2luZDogQ29uZmln" of "kind: Config".
const BASE64_OF_CREDENTIALS = 'LS0tLS1CRUdJTi|YXBpVmVyc2lvbj|a2luZDogQ29uZmln|eyJhcGlWZXJzaW9uIj';
const KUBECONFIG_FIELDS =
  'client-key-data|client-certificate-data|certificate-authority-data|token|id-token|refresh-token|client-secret|password|access-token';

/** Secrets that show by their shape alone. Order matters: the wide ones first, so that none sees a half-masked piece. */
export const redactionPatterns: readonly RedactionPattern[] = [
  // A block whose end was cut off is masked to the end of what there is.
  { name: 'pem', find: /()-----BEGIN [A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)()/g },
  { name: 'base64 of PEM or kubeconfig', find: new RegExp(`()(?:${BASE64_OF_CREDENTIALS})[A-Za-z0-9+/_=-]*()`, 'g') },
  { name: 'JSON web token', find: /()\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*()/g },
  { name: 'authorization header', find: /(authorization["']?\s*[:=]\s*["']?(?:[a-z]+\s+)?)[A-Za-z0-9._~+/=-]{6,}()/gi },
  // Prose about bearer tokens has neither a digit nor a capital in the next word.
  {
    name: 'bearer or basic credentials',
    find: /(\b(?:[Bb]earer|BEARER|[Bb]asic|BASIC)\s+)(?=[a-z]*[^\sa-z,;:)])[A-Za-z0-9._~+/=-]{6,}()/g,
  },
  { name: 'password in a URL', find: /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@"'<>]*:)[^\s/?#"'<>]+(@)/gi },
  { name: 'token as user of a URL', find: /(\b[a-z][a-z0-9+.-]*:\/\/)[A-Za-z0-9_-]{16,}(@)/gi },
  { name: 'Fernet token', find: /()\bgAAAAA[A-Za-z0-9_-]{50,}={0,2}()/g },
  { name: 'NATS seed', find: /()\bS[NCOAUX][A-Z2-7]{56,}\b()/g },
  {
    name: 'kubeconfig field',
    find: new RegExp(`((?:^|[\\s{,"'])["']?(?:${KUBECONFIG_FIELDS})["']?\\s*:\\s*["']?)[^\\s"',{}\\[\\]]{6,}()`, 'gim'),
  },
  { name: 'docker credentials', find: /("auth"\s*:\s*")[A-Za-z0-9+/=]{4,}(")/g },
];

export function maskPatterns(text: string): string {
  return redactionPatterns.reduce((masked, { find }) => masked.replace(find, `$1${MASK}$2`), text);
}
