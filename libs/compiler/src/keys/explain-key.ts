import { findVerdict } from './find-verdict.ts';
import type { KeyVerdict } from './key-verdict.ts';

export interface KeyExplanation {
  readonly verdict: KeyVerdict['verdict'];
  readonly text: string;
}

/**
 * What becomes of a key of a service; undefined when there is no such key.
 * @param isCarried something in the objects comes from it, which wins over what is so in general
 */
export function explainKey(path: readonly string[], isCarried = false): KeyExplanation | undefined {
  const found = findVerdict(['services', '', ...path]);
  if (found === undefined || found.row === 'services') return undefined;
  const { verdict } = found;
  switch (verdict.verdict) {
    case 'approximated':
      return { verdict: 'approximated', text: `carried over with a difference. ${verdict.difference}` };
    case 'decides':
      return { verdict: 'decides', text: 'decides which objects there are, or what is in them' };
    case 'mapped':
      return { verdict: 'mapped', text: 'carried over' };
    case 'diagnosed':
      return isCarried
        ? { verdict: 'mapped', text: 'carried over' }
        : { verdict: 'diagnosed', text: `not carried over. ${verdict.reason} ${verdict.remedy}` };
  }
}
