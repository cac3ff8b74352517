import { urlsIn } from '@ushadow/kubernetes';

/** Words that are nobody's secret, alone or with digits and signs behind them. */
const KNOWN = new Set(
  (
    'admin administrator adminadmin changeit default demo dev development docker dummy example foobar guest hello ' +
    'letmein login master minio minioadmin mongo mypassword mysecret mysecretpassword mysql neo4j none null pass passw0rd passwd password postgres ' +
    'postgresql prod production qwerty rabbitmq redis root sa sample secret secretkey supersecret temp test tester ' +
    'testing toor user username welcome'
  ).split(' '),
);

/** Texts that stand where a value is to be put. */
const PLACEHOLDERS =
  /change[-_ .]?(?:me|this|it)|replace[-_ .]?(?:me|this|with)|^(?:enter|insert|put|set|use|add|paste)[-_ ].*(?:here|your)|^your[-_ .]|[-_ ]here$|^<.*>$|^\[.*\]$|^\{\{.*\}\}$|insecure|placeholder|example|not[-_ ]?(?:so[-_ ]?)?secret|do[-_ ]?not[-_ ]?use|dont[-_ ]?use|^to-?do|^x{3,}$|^(?:a|an|my|the|some|super|very|this[-_ ]?is[-_ ]?a)[-_ ].*(?:secret|password|passwort|token|key)$/i;

const ROWS = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
];
const LENGTH_MIN = 8;

/** Why a secret is easily guessed, for people; undefined when there is none. Never says the value. */
export function weakSecret(name: string, value: string): string | undefined {
  const inside = passwordOf(value);
  if (inside === undefined) return reasonAgainst(name, value);
  const reason = inside === '' ? undefined : reasonAgainst(name, inside);
  return reason === undefined ? undefined : `the password in it: ${reason}`;
}

function reasonAgainst(name: string, value: string): string | undefined {
  const text = value.trim();
  const plain = text.toLowerCase();
  if (text === '') return 'it is empty';
  if (words(plain) === words(name.toLowerCase())) return 'it is the name of the variable itself';
  if (PLACEHOLDERS.test(text)) return 'it is a placeholder that is to be replaced';
  if (KNOWN.has(plain) || KNOWN.has(plain.replace(/[\d!@#$%._-]+$/, ''))) return 'it is a well-known word';
  if (/^(.)\1*$/u.test(text)) return 'it is one character in a row';
  if (text.length >= 3 && ROWS.some((row) => row.includes(plain))) return 'it is a sequence such as 123456';
  if (/^(.{1,4})\1+$/u.test(plain)) return 'it repeats itself';
  if (text.length < LENGTH_MIN) return `it has fewer than ${String(LENGTH_MIN)} characters`;
  return undefined;
}

function words(text: string): string {
  return text.replace(/[^a-z0-9]+/g, '');
}

/** The password of a URL; an empty text where the URL has none, undefined where the value is no URL. */
function passwordOf(value: string): string | undefined {
  const text = value.trim();
  const [url] = urlsIn(text);
  if (url === undefined || !/^(?:jdbc:)?$/i.test(text.slice(0, url.at.start))) return undefined;
  const { userInfo } = url;
  return userInfo.includes(':') ? userInfo.slice(userInfo.indexOf(':') + 1) : '';
}
