import { findVerdict } from './find-verdict.ts';
import type { KeyVerdict } from './key-verdict.ts';

export interface KeyExplanation {
  readonly verdict: KeyVerdict['verdict'];
  readonly text: string;
}

/** What becomes of a key of a service in general; undefined when the table has no such key. */
export function explainKey(path: readonly string[]): KeyExplanation | undefined {
  const found = findVerdict(['services', '', ...path]);
  if (found === undefined || found.row === 'services') return undefined;
  const { verdict } = found;
  if (verdict.verdict === 'mapped') return { verdict: 'mapped', text: 'carried over' };
  if (verdict.verdict === 'approximated')
    return { verdict: 'approximated', text: `carried over with a difference. ${verdict.difference}` };
  return { verdict: 'diagnosed', text: `not carried over. ${verdict.reason} ${verdict.remedy}` };
}
