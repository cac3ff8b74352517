/** Lines of an env file, in quotes where a plain text would be read otherwise. */
export function envText(values: readonly { readonly name: string; readonly value: string }[]): string {
  return values.map(({ name, value }) => `${name}=${quoted(value)}\n`).join('');
}

function quoted(value: string): string {
  if (/^[\w@%+=:,./-]*$/.test(value)) return value;
  if (!/['\n\r\\]/.test(value)) return `'${value}'`;
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('$', '\\$')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
  return `"${escaped}"`;
}
