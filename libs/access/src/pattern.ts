export const ANYTHING = '*';

/** Whether a name is one of a pattern's: `*` stands for any text, everything else for itself. */
export function matches(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split(ANYTHING);
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  const end = name.length - last.length;
  let from = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, from);
    if (found < 0 || found + part.length > end) return false;
    from = found + part.length;
  }
  return true;
}
