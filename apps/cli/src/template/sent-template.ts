import type { FoundFile } from '../compose/collect-files.ts';
import type { LoadedProject } from '../compose/loaded-project.ts';
import { isScript } from './template-port.ts';
import type { TemplateProject } from './template-project.ts';
import { generatedValues, templateAddresses } from './template-values.ts';

/** What goes with a template beside its files. */
export interface SentTemplate {
  /** Used where the stack has none. */
  readonly generated: readonly { readonly name: string; readonly value: string; readonly secret: boolean }[];
  readonly public: ReadonlyMap<string, readonly string[]>;
  /** The hosts are placeholders. */
  readonly withoutDomain: boolean;
}

export function sentTemplate(loaded: LoadedProject): SentTemplate {
  return {
    generated: generatedValues(loaded),
    public: templateAddresses(loaded),
    withoutDomain: loaded.template?.withoutDomain === true && loaded.template.public.length > 0,
  };
}

/** Files as they are sent, by path. */
export function templateFiles({ paths, texts }: TemplateProject): readonly FoundFile[] {
  return [...paths]
    .map(([path, from]) => {
      const text = texts.get(from) ?? '';
      return { path, from, text, size: Buffer.byteLength(text), executable: isScript(text) };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
