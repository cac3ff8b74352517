import { own, urlsIn } from '@ushadow/kubernetes';
import { splitWords } from '../text/split-words.ts';
import { nameTokens } from './name-signs.ts';
import { secretWord } from './name-signs.ts';
import { hasSecretForm } from './value-signs.ts';
import { hasPlaceholder } from './secret-placeholders.ts';

/**
 * What a command, or a text that is no command, says in secret as it is written: in words for people, which never hold the
 * secret. What comes from a variable, of the project or of a shell, is none of it.
 */
export function literalSecrets(words: readonly string[]): readonly string[] {
  const commands = [words, ...words.filter((word) => /\s/.test(word)).flatMap(commandsOf)];
  return [...new Set([...words.flatMap(inText), ...commands.flatMap(inCommand)])];
}

/** The simple commands of a shell line, near enough to tell options from values. */
function commandsOf(line: string): readonly (readonly string[])[] {
  return line.split(/\|\|?|&&?|[;\n]/).map(splitWords);
}

/** Whether a URL in the text logs in with a password that stands there. */
export function holdsLogin(text: string): boolean {
  return urlsIn(text).some(({ userInfo }) => userInfo.includes(':') && isLiteral(afterColon(userInfo)));
}

const HEADER = /\bauthorization\s*[:=]\s*["']?(?:bearer|basic|token)\s+([^\s"']+)/i;

function inText(text: string): readonly string[] {
  return [
    ...(holdsLogin(text) ? ['the password of a URL'] : []),
    ...(hasSecretForm(text) ? ['a key, a token or the hash of a password'] : []),
    ...(isLiteral(HEADER.exec(text)?.[1] ?? '') ? ['an Authorization header'] : []),
  ];
}

function inCommand(words: readonly string[]): readonly string[] {
  const given = words.flatMap((word, index) => {
    const [, assigned, value = ''] = /^(-{0,2}[A-Za-z][\w.-]*)=(.*)$/s.exec(word) ?? [];
    if (assigned !== undefined) return isSecret(assigned, value) ? [assigned] : [];
    const next = words[index + 1] ?? '';
    return /^--?[A-Za-z][\w.-]+$/.test(word) && !next.startsWith('-') && isSecret(word, next) ? [word] : [];
  });
  return [...given, ...ofClient(words)];
}

function isSecret(name: string, value: string): boolean {
  const bare = name.replace(/^-+/, '');
  const word = isLiteral(value) ? secretWord(bare, value) : undefined;
  if (word === undefined) return false;
  return !/^KEYS?$/.test(word) || nameTokens(bare).some((token) => OPENS.has(token));
}

/** A key of one of these opens something; any other may be that of a map or a row. */
const OPENS = new Set('API ACCESS SECRET PRIVATE MASTER AUTH ENCRYPTION SIGNING'.split(' '));

/** The option by which a client is given a password; `attached`: in one word with it. */
const MYSQL = { option: '-p', attached: true, isLogin: false };
const MONGO = { option: '-p', attached: false, isLogin: false };
const REDIS = { option: '-a', attached: false, isLogin: false };
const MOSQUITTO = { option: '-P', attached: false, isLogin: false };
const CLIENTS: Readonly<Record<string, typeof MYSQL>> = {
  mysql: MYSQL,
  mysqladmin: MYSQL,
  mysqldump: MYSQL,
  mysqlcheck: MYSQL,
  mariadb: MYSQL,
  'mariadb-admin': MYSQL,
  'mariadb-dump': MYSQL,
  sshpass: MYSQL,
  mongo: MONGO,
  mongosh: MONGO,
  mongodump: MONGO,
  mongorestore: MONGO,
  rabbitmqadmin: MONGO,
  'redis-cli': REDIS,
  'valkey-cli': REDIS,
  'keydb-cli': REDIS,
  mosquitto_pub: MOSQUITTO,
  mosquitto_sub: MOSQUITTO,
  sqlcmd: MOSQUITTO,
  curl: { option: '-u', attached: false, isLogin: true },
};

function ofClient(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => own(CLIENTS, programOf(word)) !== undefined);
  const program = programOf(words[at] ?? '');
  const client = own(CLIENTS, program);
  if (client === undefined) return [];
  const { option, attached, isLogin } = client;
  const values = words.slice(at + 1).flatMap((word, index, all) => {
    if (attached) return word.startsWith(option) ? [word.slice(option.length)] : [];
    return word === option ? [all[index + 1] ?? ''] : [];
  });
  const isGiven = values.some((value) =>
    isLogin ? value.includes(':') && isLiteral(afterColon(value)) : isLiteral(value),
  );
  return isGiven ? [`${program} ${option}`] : [];
}

const programOf = (word: string): string => word.replace(/^.*\//, '');
const afterColon = (login: string): string => login.slice(login.indexOf(':') + 1);

/** Not left empty, not from a variable or a template, and no word that stands for what is to be filled in. */
function isLiteral(value: string): boolean {
  if (value === '' || hasPlaceholder(value) || /[$`]|\{\{|%\w/.test(value)) return false;
  return !/^(?:<.*>|\[.*\]|\*+|x{3,}|\.{3,})$/i.test(value);
}
