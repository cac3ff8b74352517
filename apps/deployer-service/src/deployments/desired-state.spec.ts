import { describe, expect, it } from '@jest/globals';
import type { JsonValue, KubeObject } from '@ushadow/kubernetes';
import { KeyRing } from '@ushadow/secrets';
import type { WantedObject } from '../content/stack-content.ts';
import { DesiredStateCipher } from './desired-state.ts';

const cipherOf = (id: string) => new DesiredStateCipher(new KeyRing([{ id, bytes: Buffer.alloc(32, id) }]));

const wanted = (kind: string, rest: Readonly<Record<string, JsonValue>>, services = ['web']): WantedObject => {
  const object: KubeObject = { apiVersion: 'v1', kind, metadata: { name: 'web', namespace: 'shop' }, ...rest };
  return { object, services };
};
const config = wanted('ConfigMap', { data: { a: '1', b: '2' } });
const secret = wanted('Secret', { data: { TOKEN: 'Y2FuYXJ5' } });

describe('the digest of a content', () => {
  const cipher = cipherOf('one');
  const digest = (...objects: readonly WantedObject[]): string => cipher.contentDigest({ objects });

  it('is equal for equal content, whatever the order of objects and of keys, and whoever wants them', () => {
    const again = wanted('ConfigMap', { data: { b: '2', a: '1' } }, ['web', 'db']);
    expect(digest(secret, again)).toBe(digest(config, secret));
  });

  it('is another one for another value, of a Secret too, and for an object more', () => {
    const others = [
      digest(config, wanted('Secret', { data: { TOKEN: 'b3RoZXI=' } })),
      digest(wanted('ConfigMap', { data: { a: '1', b: '3' } }), secret),
      digest(config),
    ];
    expect(new Set([...others, digest(config, secret)]).size).toBe(4);
  });

  it('is keyed: it tells nothing to who has not the key', () => {
    const other = cipherOf('two').contentDigest({ objects: [config, secret] });
    expect(other.split(':')[1]).not.toBe(digest(config, secret).split(':')[1]);
  });
});
