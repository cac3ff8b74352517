import { describe, expect, it } from '@jest/globals';
import { allByteStreams, operations } from '@ushadow/contracts';
import { wordings } from './error-wordings.ts';

const { getLiveObject, listConfig, revealSecretKey, getPodLogs, getStackTree, getStackMetrics, listStackEvents } =
  operations;
const live = [getLiveObject, listConfig, revealSecretKey, getPodLogs, getStackTree, getStackMetrics, listStackEvents];

describe('words for errors', () => {
  it.each(
    [...Object.values(allByteStreams).map(({ open }) => open), ...live].map((each) => [each.name, each] as const),
  )('there are for all that %s may answer', (_name, { errors }) => {
    expect(Object.keys(errors).filter((code) => !Object.hasOwn(wordings, code))).toEqual([]);
  });

  it('there are for what any stream may be refused with', () => {
    for (const code of ['CONNECTION_LOST', 'TOO_MANY_STREAMS', 'TOO_MANY_REQUESTS', 'SERVICE_UNAVAILABLE'])
      expect(wordings).toHaveProperty(code);
  });
});
