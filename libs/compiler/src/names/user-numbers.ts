/** User and group numbers have 31 bits. */
export function isUserNumber(text: string | undefined): boolean {
  return text !== undefined && /^\d{1,10}$/.test(text) && Number(text) <= 0x7fffffff;
}

/** The number of a user or group; `root` has the same one in every image. */
export function accountNumber(text: string | undefined): number | undefined {
  if (text === 'root') return 0;
  return isUserNumber(text) ? Number(text) : undefined;
}

/** User and group of `user` or `user:group`, each where its number is known. */
export function userNumbers(user: string | undefined): readonly [number | undefined, number | undefined] {
  const [name, group] = parts(user);
  return [accountNumber(name), accountNumber(group)];
}

/** The parts of `user:group` whose numbers only the image could tell, each once. */
export function unknownAccounts(user: string | undefined): readonly string[] {
  const named = parts(user).filter((part) => part !== '' && accountNumber(part) === undefined);
  return [...new Set(named)];
}

function parts(user: string | undefined): readonly string[] {
  const [name = '', ...rest] = (user ?? '').split(':');
  return rest.length === 0 ? [name] : [name, rest.join(':')];
}
