import { afterAll, describe, expect, it } from '@jest/globals';
import { komposeCases } from '../harness/fixture-files.ts';
import { compareCase } from './compare-case.ts';
import { required, reviewed } from './reviewed.ts';

const cases = komposeCases();

(cases.length ? describe : describe.skip)('kompose goldens by facts (needs the fixtures folder)', () => {
  const scores: string[] = [];
  afterAll(() => {
    process.stdout.write(`${scores.join('\n')}\n`);
  });

  it.each(cases.map((c) => [c.id, c] as const))('%s: equal but for the reviewed differences', (id, golden) => {
    const { facts, equal, differences, ours, errors } = compareCase(golden);
    scores.push(
      `kompose golden ${id.padEnd(24)} ${String(equal).padStart(3)} of ${facts} facts equal, ${differences.length} reviewed`,
    );
    const list = reviewed[id] ?? [];
    expect(errors).toEqual([]);
    expect(differences.filter(({ fact }) => !list.some((r) => r.fact.test(fact)))).toEqual([]);
    for (const { fact, reason } of list)
      expect({ reason, met: differences.some((d) => fact.test(d.fact)) }).toEqual({ reason, met: true });
    for (const [fact, value] of required[id] ?? []) expect([fact, ours.get(fact)]).toEqual([fact, value]);
  });
});
