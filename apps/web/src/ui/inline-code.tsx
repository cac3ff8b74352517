/** Text in which what stands between backticks is code. Only text nodes: what it says may come from a cluster. */
export function InlineCode({ text }: { readonly text: string }) {
  return text
    .split('`')
    .map((part, index, parts) =>
      index % 2 === 1 && index < parts.length - 1 ? <code key={`${String(index)}${part}`}>{part}</code> : part,
    );
}
