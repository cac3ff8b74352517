/**
 * Writes text so that the kubelet's expansion of `$(NAME)` and `$$` gives the text back: every dollar sign
 * that is followed by another one or by a parenthesis is doubled. For command, args and env values.
 */
export function escapeExpansion(text: string): string {
  return text.replace(/\$(?=[$(])/g, '$$$$');
}

/**
 * The same for exec probes, where only variables listed in `env` are known: an unknown `$(name)` stays as it is,
 * so command substitution keeps its usual spelling.
 */
export function escapeProbeExpansion(text: string, known: ReadonlySet<string>): string {
  return text.replace(/\$\(([^)]*)\)|\$(?=\$)/g, (match, name?: string) => {
    if (name === undefined) return '$$';
    // The kubelet copies an unknown reference whole, without looking for dollar signs in it.
    return known.has(name) ? `$${match}` : match;
  });
}

/** The text as a part of a regular expression that means just it. */
export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
