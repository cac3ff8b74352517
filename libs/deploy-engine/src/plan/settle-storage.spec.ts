import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { KubeObject } from '@ushadow/kubernetes';
import { parseQuantity, valueAt } from '@ushadow/kubernetes';
import { growsByDefault, settleStorage } from './settle-storage.ts';

interface Wish {
  readonly size: string;
  readonly isDefault: boolean;
  readonly storageClassName: string | undefined;
  readonly accessModes: readonly string[];
}

const wishes = fc.record<Wish>({
  size: fc.constantFrom('512Mi', '1Gi', '1024Mi', '5Gi', '1G'),
  isDefault: fc.boolean(),
  storageClassName: fc.constantFrom(undefined, 'slow', 'fast'),
  accessModes: fc.constantFrom(['ReadWriteOnce'], ['ReadWriteMany']),
});

function claim({ size, isDefault, storageClassName, accessModes }: Wish): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'c', namespace: 'n', annotations: isDefault ? { 'ushadow.io/default-size': size } : {} },
    spec: {
      accessModes: [...accessModes],
      resources: { requests: { storage: size } },
      ...(storageClassName === undefined ? {} : { storageClassName }),
    },
  };
}

/** As the server keeps it. */
const there = (wish: Wish): KubeObject => {
  const { spec, ...rest } = claim(wish);
  const filled = { storageClassName: 'standard', volumeMode: 'Filesystem', volumeName: 'pv-1', ...(spec as object) };
  return { ...rest, spec: filled } as KubeObject;
};

const sizeOf = (object: KubeObject) =>
  parseQuantity(String(valueAt(object, ['spec', 'resources', 'requests', 'storage']))) ?? 0n;

describe('a wish for a claim that is there', () => {
  it('keeps class and access mode, never shrinks, and grows only where that is asked for', () => {
    fc.assert(
      fc.property(wishes, wishes, (wish, before) => {
        const [desired, live] = [claim(wish), there(before)];
        const { object } = settleStorage(desired, live);
        for (const field of ['storageClassName', 'accessModes', 'volumeMode'])
          expect(valueAt(object, ['spec', field])).toEqual(valueAt(live, ['spec', field]));
        expect(sizeOf(object) >= sizeOf(live)).toBe(true);
        if (wish.isDefault) expect(sizeOf(object)).toBe(sizeOf(live));
        else if (sizeOf(desired) > sizeOf(live)) expect(sizeOf(object)).toBe(sizeOf(desired));
        expect(object.metadata).toEqual(desired.metadata);
      }),
    );
  });

  it('is fulfilled once it is settled, and says what is left out', () => {
    fc.assert(
      fc.property(wishes, wishes, (wish, before) => {
        const [desired, live] = [claim(wish), there(before)];
        const { object, left } = settleStorage(desired, live);
        expect(settleStorage(object, object).object).toEqual(object);
        const isOther =
          wish.storageClassName !== undefined && wish.storageClassName !== valueAt(live, ['spec', 'storageClassName']);
        expect(left.some((text) => text.includes('storage class'))).toBe(isOther);
        expect(left.some((text) => text.includes('shrink'))).toBe(!wish.isDefault && sizeOf(desired) < sizeOf(live));
      }),
    );
  });

  it('is one of growing unasked only by default, and only to more', () => {
    const wish = { size: '5Gi', isDefault: true, storageClassName: undefined, accessModes: ['ReadWriteOnce'] };
    const live = there({ ...wish, size: '1Gi' });
    expect(growsByDefault(claim(wish), live)).toBe(true);
    expect(growsByDefault(claim({ ...wish, isDefault: false }), live)).toBe(false);
    expect(growsByDefault(claim({ ...wish, size: '1024Mi' }), live)).toBe(false);
    // Changed after it was marked, as a patch does.
    const patched = { ...claim(wish), metadata: claim({ ...wish, size: '1Gi' }).metadata };
    expect(growsByDefault(patched, live)).toBe(false);
  });
});
