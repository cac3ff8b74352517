import { describe, expect, it } from '@jest/globals';
import { allByteStreams, operations, publicOperations } from '@ushadow/contracts';
import { wordings } from './error-wordings.ts';

/** What CI and registries call: no page shows what it is answered. */
const { callHook, ...shown } = publicOperations;
const opened = Object.values(allByteStreams).map(({ open }) => open);

describe('words for errors', () => {
  it.each([...opened, operations.getStackTree, ...Object.values(shown)].map((each) => [each.name, each] as const))(
    'there are for all that %s may answer',
    (_name, { errors }) => {
      expect(Object.keys(errors).filter((code) => !Object.hasOwn(wordings, code))).toEqual([]);
    },
  );

  it('there are for what any stream may be refused with', () => {
    for (const code of ['CONNECTION_LOST', 'TOO_MANY_STREAMS', 'TOO_MANY_REQUESTS', 'SERVICE_UNAVAILABLE'])
      expect(wordings).toHaveProperty(code);
  });

  it('are not kept for what a hook alone answers', () => {
    const others = new Set([...opened, ...Object.values(shown)].flatMap(({ errors }) => Object.keys(errors)));
    const own = Object.keys(callHook.errors).filter((code) => !others.has(code));
    expect(own.filter((code) => Object.hasOwn(wordings, code))).toEqual([]);
  });
});
