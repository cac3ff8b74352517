import type { Findings } from '../findings.ts';
import { SourceText } from '../source-text.ts';
import { magicOf } from './magic-names.ts';

/** `${SERVICE_URL_MY-APP}`, or the same name where a line begins with it: to Compose, `-APP` is a default, or no name at all. */
const NAME = /(\$\{|^[ \t]*(?:-[ \t]+)?["']?)(SERVICE_[A-Z0-9_]*-[A-Z0-9_-]*[A-Z0-9])(?=\}|["']?[ \t]*(?:[:=]|$))/gm;

/** Such names with `_`, as Compose reads them; the text keeps its length. */
export function withoutHyphens({ file, text }: SourceText, findings: Findings): SourceText {
  const names = new Set<string>();
  const plain = text.replace(NAME, (all: string, before: string, name: string) => {
    if (magicOf(name) === undefined) return all;
    names.add(name);
    return before + name.replaceAll('-', '_');
  });
  if (names.size > 0) findings.add('TPL0308', { names: [...names] });
  return new SourceText(file, plain);
}
