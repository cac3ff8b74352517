import { variablesOf } from '../interpolate/template.ts';
import type { WrittenTemplate } from '../load-input.ts';
import { jsonPointer } from '../positions.ts';
import type { ScalarNode } from '../tree/node.ts';
import type { Path } from '../tree/rewrite.ts';
import type { Work } from '../work.ts';

/** Every text with variables that was read, once for each place, in the order of reading. */
export class WrittenTemplates {
  readonly #found = new Map<string, WrittenTemplate>();
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  add(path: Path, { value, at }: ScalarNode, unset: readonly string[]): void {
    const template = String(value);
    const references = variablesOf(template);
    if (references.length === 0) return;
    const pointer = jsonPointer(path);
    this.#work.write(pointer.length + template.length, at);
    const key = `${pointer} ${at.file}:${String(at.line)}:${String(at.column)}`;
    const known = this.#found.get(key)?.unset ?? [];
    const all = [...new Set([...known, ...unset])];
    this.#found.set(key, { path: pointer, template, references, unset: all, position: at });
  }

  all(): readonly WrittenTemplate[] {
    return [...this.#found.values()];
  }
}
