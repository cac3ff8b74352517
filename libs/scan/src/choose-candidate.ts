import type { Candidate } from './candidate.ts';
import { wordsOf } from './words.ts';

const confidences = ['high', 'medium', 'low'];
const writableWords = new Set(['rw', 'primary', 'master', 'leader', 'writer']);
const readOnlyWords = new Set([
  'ro',
  'r',
  'read',
  'reader',
  'replica',
  'replicas',
  'slave',
  'slaves',
  'secondary',
  'standby',
  'arbiter',
]);

/** The best first: confidence, readiness, the writable end of a pair, a virtual address before pods', then by name. */
export function rankCandidates(candidates: readonly Candidate[]): readonly Candidate[] {
  return [...candidates].sort(
    (a, b) =>
      confidences.indexOf(a.confidence) - confidences.indexOf(b.confidence) ||
      readiness(a) - readiness(b) ||
      role(a) - role(b) ||
      Number(a.service.headless) - Number(b.service.headless) ||
      compare(a.service.name, b.service.name),
  );
}

const readiness = ({ ready }: Candidate) => (ready === false ? 1 : 0);

function role({ service }: Candidate): number {
  const words = wordsOf(service.name);
  if (words.some((word) => writableWords.has(word))) return 0;
  return words.some((word) => readOnlyWords.has(word)) ? 2 : 1;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
