/** A URL without the user in it: a service comes as itself. */
export function withoutUser(url: string): string {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  return plain.href.replace(/\/$/, '');
}
