import { expect } from '@jest/globals';
import { perform, type Performed } from './perform.ts';
import { isClaim } from './project.ts';
import type { Step } from './steps.ts';
import type { Look, TwoStacks } from './two-stacks.ts';

/** Does a step, and holds what the API server has afterwards against what should be there. */
export async function checkStep(step: Step, stacks: TwoStacks): Promise<void> {
  const before = await stacks.look();
  const performed = await perform(step, stacks);
  const { place, deployment, taken } = performed;
  place.stackId = deployment.stack_id;
  checkVerdict(performed);
  if (taken.length === 0) remember(performed, stacks);
  const after = await stacks.look();
  const wanted = stacks.wanted();
  checkPresence(after, wanted);
  const isOwn = (key: string): boolean => [before, wanted].some((look) => look.get(key)?.owner === place.stackId);
  for (const [key, seen] of before) if (!isOwn(key)) expect([key, after.get(key)]).toEqual([key, seen]);
  const isMeant = (key: string): boolean => taken.length === 0 && isOwn(key);
  expect([...(await stacks.writes())].filter((key) => !isMeant(key))).toEqual([]);
  checkClaims(before, after);
}

/** Where a name is somebody else's the step is refused; else it comes true. */
function checkVerdict({ deployment: { status, verdict }, taken }: Performed): void {
  const reported = { taken, status, code: verdict?.code ?? null, reason: verdict?.reason };
  expect(reported).toMatchObject(taken.length > 0 ? { status: 'failed', code: 'NAME_TAKEN' } : { status: 'succeeded' });
}

function remember({ place, next, adopted, deployment: { kind, revision } }: Performed, stacks: TwoStacks): void {
  place.state = next;
  for (const key of adopted) stacks.foreignIn(place.namespace).delete(key);
  if (kind !== 'remove') place.revisions.set(revision, next);
}

/** What should be there is, as it should be and marked with its owner, and nothing else is. */
function checkPresence(after: Look, wanted: ReturnType<TwoStacks['wanted']>): void {
  const owners = (look: ReadonlyMap<string, { readonly owner: string | null }>): string[] =>
    [...look].map(([key, { owner }]) => `${key} of ${String(owner)}`).sort();
  expect(owners(after)).toEqual(owners(wanted));
  for (const [key, { tells }] of wanted)
    expect([key, after.get(key)?.tells]).toEqual([key, expect.stringContaining(tells)]);
}

/** A claim that is still there is the very one that was. */
function checkClaims(before: Look, after: Look): void {
  for (const [key, { uid }] of before) {
    const isThere = isClaim(key.slice(key.indexOf('/') + 1)) && after.has(key);
    if (isThere) expect([key, after.get(key)?.uid]).toEqual([key, uid]);
  }
}
