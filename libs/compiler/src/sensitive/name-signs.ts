import { isFileName, isMeasure, isPath, isPlainUrl, isSwitch } from './value-signs.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Words that make a name sensitive wherever in it they stand, `API_KEY`. */
const SECRET_WORDS = words(
  'PASSWORD PASSWORDS PASSWD PASSPHRASE PASSCODE PASS PWD PW SECRET SECRETS TOKEN TOKENS CREDENTIAL CREDENTIALS CREDS KEY KEYS SALT PEPPER HTPASSWD MNEMONIC',
);

/** Words that do so only at the end: `SSH_PRIVATE`, but not `PRIVATE_DISK`. */
const SECRET_LAST_WORDS = words('PRIVATE JWT PIN');

/** Words that end a longer word, `PGPASSWORD`. */
const SECRET_ENDINGS =
  /(PASSWORD|PASSWD|PASSPHRASE|PASSCODE|PASS|PWD|SECRET|TOKEN|SALT|CREDENTIALS?|(APP|API|ACCESS|SECRET|PRIVATE|PRIV|MASTER|AUTH|SIGN|SIGNING|CRYPT|CRYPTO|ENCRYPT|ENCRYPTION|LICENSE|SSH|DEPLOY)KEY)$/;
const HARMLESS_WORDS = words('BYPASS COMPASS TRESPASS UNDERPASS OVERPASS ENCOMPASS SURPASS BASALT COBALT OLDPWD');

/** The shared secret of Erlang nodes is called a cookie. */
const ERLANG = words('ERLANG ERL RELEASE RABBITMQ');

/** As the last word these say something about a secret: its form, its life, its place. */
const ABOUT = words(
  'PREFIX SUFFIX TTL EXPIRY EXPIRE EXPIRES EXPIRATION LIFETIME AGE LENGTH SIZE LIMIT LIMITS COUNT TYPE METHOD MODE ALG ALGORITHM ENABLED DISABLED REQUIRED ALLOWED POLICY FORMAT NAME ISSUER ISSUERS AUDIENCE AUDIENCES REALM SERVICE SCOPE SCOPES HEADER FIELD CLAIM DOMAIN HOST PORT INTERVAL TIMEOUT DAYS HOURS MINUTES SECONDS ROTATION VERSION MODULE DRIVER PROVIDER DISK ROUNDS STRENGTH',
);

/** As the last word these say where it lies: with a place, or with nothing, there is nothing to hide. */
const LOCATIONS = words('URL URI ENDPOINT FILE PATH DIR DIRECTORY LOCATION FOLDER');
const FILES = words('FILE PATH DIR DIRECTORY LOCATION FOLDER');

/** Words before `KEY` with which it opens nothing. */
const OPEN_KEYS = words('PUBLIC PUBLISHABLE PUB PREFIX PARTITION ROUTING FOREIGN SORT');

/** Words before `TOKENS` with which they are counted. */
const COUNTED = words('MAX MIN NUM TOTAL');

/** As the last word, and only with a value that is no method or switch: `SMTP_AUTH`. */
const AUTH_METHODS =
  /^(basic|plain|login|digest|cram-md5|oauth2?|oidc|ldap|saml|jwt|local|any|trust|md5|scram-sha-256|token|password|required|optional|none)$/i;

/** The word of the name that makes this variable sensitive, given its value. */
export function secretWord(name: string, value: string): string | undefined {
  const tokens = nameTokens(name);
  const last = tokens.at(-1) ?? '';
  if (ABOUT.has(last) || isPublished(tokens) || /^(OLD)?PWD$/.test(name)) return undefined;
  if (last === 'AUTH' && isCredential(value)) return 'AUTH';
  if (last === 'COOKIE' && tokens.some((token) => ERLANG.has(token))) return 'COOKIE';
  const word = tokens.find((token, index) => isSecretWord(token, index, tokens));
  return word === undefined || isHarmlessValue(tokens, word, value) ? undefined : word;
}

/** Whether the name only says where something is, so that an address under it may be read. */
export function namesPlace(name: string): boolean {
  const tokens = nameTokens(name);
  return LOCATIONS.has(tokens.at(-1) ?? '');
}

function isCredential(value: string): boolean {
  return value !== '' && !isSwitch(value) && !isMeasure(value) && !AUTH_METHODS.test(value) && !isPlainUrl(value);
}

/** What frameworks compile into pages for everybody. */
function isPublished([first, second]: readonly string[]): boolean {
  return first === 'PUBLIC' || (first === 'NEXT' && second === 'PUBLIC');
}

function isSecretWord(token: string, index: number, tokens: readonly string[]): boolean {
  const before = tokens[index - 1] ?? '';
  if (token === 'KEY' || token === 'KEYS') return !OPEN_KEYS.has(before);
  if (token === 'TOKENS') return !tokens.slice(0, index).some((each) => COUNTED.has(each));
  if (SECRET_LAST_WORDS.has(token)) return index === tokens.length - 1;
  return SECRET_WORDS.has(token) || (SECRET_ENDINGS.test(token) && !HARMLESS_WORDS.has(token));
}

function isHarmlessValue(tokens: readonly string[], word: string, value: string): boolean {
  const last = tokens.at(-1) ?? '';
  if (value !== '' && isSwitch(value)) return true;
  if (isMeasure(value)) return word === 'TOKENS' || word === 'KEYS' || last !== word;
  if (isPath(value) || (FILES.has(last) && isFileName(value))) return true;
  return LOCATIONS.has(last) && (value === '' || isPlainUrl(value));
}

/** The words of a variable name, upper-case: split at `_`, `-`, `.` and changes of case (`apiKey` is API, KEY). */
export function nameTokens(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .split(/[^A-Za-z0-9]+/)
    .filter((token) => token !== '')
    .map((token) => token.toUpperCase());
}
