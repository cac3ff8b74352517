import { describe, expect, it } from '@jest/globals';
import { knownPlaces } from './known-places.ts';

const claim = (name: string) => ({
  object: { group: '', version: 'v1', kind: 'PersistentVolumeClaim', namespace: 'n', name },
  uid: `uid-${name}`,
});

describe('where volumes lie', () => {
  it('is what the last good content says, whatever was tried since then', () => {
    const good = { claims: { db: 'p-db/data' } };
    expect(knownPlaces(good, [{ db: 'p-db' }], [claim('p-db')])).toEqual({ db: 'p-db/data' });
  });

  it('is known of a first deployment that failed, in the folder that it used', () => {
    expect(knownPlaces(undefined, [{ db: 'p-db/data' }], [claim('p-db')])).toEqual({ db: 'p-db/data' });
  });

  it('is as the oldest of several failures has made it', () => {
    expect(knownPlaces(undefined, [{ db: 'p-db' }, { db: 'p-db/data' }], [claim('p-db')])).toEqual({ db: 'p-db/data' });
  });

  it('is not known of a claim that was never made, or is gone', () => {
    expect(knownPlaces(undefined, [{ db: 'p-db/data' }], [])).toEqual({});
  });
});
