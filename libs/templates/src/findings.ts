import type { Diagnostic, Position } from '@ushadow/compose';
import { IMPORT_LIMITS } from './limits.ts';
import { templateFinding } from './template-findings.ts';

/** What was found so far; the same is said once. */
export class Findings {
  readonly #found = new Map<string, Diagnostic>();

  readonly add = ((code, params, place) => {
    this.take([templateFinding(code, params, place)]);
  }) as (...finding: Parameters<typeof templateFinding>) => void;

  take(findings: readonly Diagnostic[]): void {
    for (const found of findings) {
      const key = `${found.code} ${found.message} ${placeText(found.position)}`;
      if (this.#found.size < IMPORT_LIMITS.findingsMax || found.severity === 'error') this.#found.set(key, found);
      if (this.#found.size > 2 * IMPORT_LIMITS.findingsMax) return;
    }
  }

  get all(): readonly Diagnostic[] {
    return [...this.#found.values()];
  }

  get hasErrors(): boolean {
    return this.all.some(({ severity }) => severity === 'error');
  }
}

function placeText(position: Position | undefined): string {
  return position === undefined ? '' : `${position.file}:${String(position.line)}:${String(position.column)}`;
}
