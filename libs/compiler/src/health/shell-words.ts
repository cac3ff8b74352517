const PLAIN = /^[^\s'"\\$`|&;<>()*?[\]#~{}!]+$/;

/**
 * The words of a shell line that is one simple command, or undefined when the shell would do anything more with it
 * (pipes, variables, globs, redirections). Trailing `|| exit 1` and output thrown away change nothing and are dropped.
 */
export function simpleCommand(line: string): readonly string[] | undefined {
  const core = line
    .trim()
    .replace(/\s*\|\|\s*(exit\s+1|false)\s*;?$/, '')
    .replace(/(\s+[12]?>\s*\/dev\/null|\s+&>\s*\/dev\/null|\s+2>&1)+$/, '');
  const words = core.match(/"[^"\\$`]*"|'[^']*'|\S+/g) ?? [];
  const plain = words.map((word) =>
    /^(".*"|'.*')$/.test(word) ? word.slice(1, -1) : PLAIN.test(word) || isUrl(word) ? word : undefined,
  );
  return words.length > 0 && plain.every((word) => word !== undefined) ? plain : undefined;
}

/** A URL with a query is one word to the shell as long as nothing in it is special in practice. */
function isUrl(word: string): boolean {
  return /^https?:\/\/(\[[0-9a-f:]+\])?[\w.:/?=%,+-]*$/i.test(word);
}
