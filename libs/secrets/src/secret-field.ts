/** Words that make a field's value secret, compared with the whole words of its name, in any case style. */
const secretWords = new Set([
  'password',
  'passwd',
  'passphrase',
  'pass',
  'pwd',
  'secret',
  'token',
  'credential',
  'credentials',
  'kubeconfig',
  'authorization',
  'cookie',
  'jwt',
  'private',
  'apikey',
  'auth',
  'sealed',
  'seed',
]);
/** `key` alone is a map key or an object key more often than not; with one of these before it, it is a secret. */
const keyQualifiers = new Set(['api', 'private', 'secret', 'access', 'encryption', 'signing', 'client', 'account']);

/** Last words that say the field is about a secret and does not hold it: `secretName`, `secretKeyRef`, `token_expires_at`. */
const aboutWords = new Set([
  'name',
  'names',
  'ref',
  'refs',
  'id',
  'ids',
  'type',
  'version',
  'at',
  'expiry',
  'path',
  'kind',
]);

/** Whether a field of a log line, error or event holds a secret by its name: `apiToken`, `DB_PASSWORD`, `client-key-data`. */
export function isSecretField(name: string): boolean {
  const words = wordsOf(name);
  if (aboutWords.has(words.at(-1) ?? '')) return false;
  return words.some(
    (word, index) => secretWords.has(word) || (word === 'key' && keyQualifiers.has(words[index - 1] ?? '')),
  );
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.toLowerCase())
    .filter((word) => word !== '');
}
