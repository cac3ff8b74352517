import { passwordsIn, urlsIn } from '@ushadow/kubernetes';
import { isRecognisable } from './secret-placeholders.ts';
import type { Sensitivity } from './classify-sensitive.ts';
import type { SecretPlaceholders } from './secret-placeholders.ts';
import { withPlaceholders } from './secret-placeholders.ts';

/** What of a value is secret: all of it, or the parts by which an address is logged in to. */
export function secretParts(value: string, { secret, partly }: Sensitivity): readonly string[] {
  if (!secret) return [];
  if (partly !== true) return [value];
  const logins = loginsIn(value);
  // A password that could be any word is known together with its user only.
  const passwords = logins.map((login) => login.slice(login.indexOf(':') + 1)).filter(isRecognisable);
  return [...logins, ...passwords, ...passwordsIn(value)];
}

/** The value with placeholders for these parts, where they are what they are. */
export function withPlaceholdersForParts(
  value: string,
  { secret, partly }: Sensitivity,
  placeholders: SecretPlaceholders,
): string {
  if (!secret) return value;
  const withPlaceholder = (part: string): string => withPlaceholders(part, placeholders, (each) => each.value === part);
  if (partly !== true) return withPlaceholder(value);
  const loggedIn = loginsIn(value).reduce(
    (text, login) => text.replaceAll(`${login}@`, () => `${withPlaceholder(login)}@`),
    value,
  );
  return passwordsIn(value)
    .filter((password) => password !== '')
    .reduce((text, password) => text.replaceAll(`=${password}`, () => `=${withPlaceholder(password)}`), loggedIn);
}

/** User and password; the password alone where there is no user. */
function loginsIn(value: string): readonly string[] {
  return urlsIn(value)
    .map(({ userInfo }) => userInfo.replace(/^:/, ''))
    .filter((login) => login !== '');
}
