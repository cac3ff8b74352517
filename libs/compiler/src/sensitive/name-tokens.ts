/** The words of a variable name, upper-case: split at `_`, `-`, `.` and changes of case (`apiKey` is API, KEY). */
export function nameTokens(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .split(/[^A-Za-z0-9]+/)
    .filter((token) => token !== '')
    .map((token) => token.toUpperCase());
}
