import { isRecognisable, TextFinder } from '@ushadow/compiler';
import type { Candidate, ResolvedVariable } from './resolved-variable.ts';

/** A value that is built around another variable's secret is as secret, unless the user has said otherwise. */
export function spreadSecrecy(variables: readonly ResolvedVariable[]): ResolvedVariable[] {
  const secrets = variables
    .flatMap(({ candidates }) => candidates)
    .filter(({ secret, value }) => secret && isRecognisable(value))
    .map(({ value }) => value);
  if (secrets.length === 0) return [...variables];
  const finder = new TextFinder([...new Set(secrets)]);
  return variables.map((variable) => {
    if (variable.secretOverride !== undefined) return variable;
    const spread = (candidate: Candidate): Candidate =>
      candidate.secret || !finder.isIn(candidate.value) ? candidate : { ...candidate, secret: true };
    const candidates = variable.candidates.map(spread);
    const winner = variable.winner === undefined ? undefined : spread(variable.winner);
    const learnt = winner?.secret === true && !variable.secret;
    const secretReason = learnt ? 'the value contains a secret of this service' : variable.secretReason;
    return { ...variable, candidates, winner, secret: variable.secret || learnt, secretReason };
  });
}
