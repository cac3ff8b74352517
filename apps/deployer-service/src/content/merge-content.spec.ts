import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { objectId, objectKey, type KubeObject } from '@ushadow/kubernetes';
import { mergeContent, sharedChanges } from './merge-content.ts';
import { NO_CONTENT, type StackContent, type StackUpdate, type WantedObject } from './stack-content.ts';
import { stepTo } from './step.ts';
import { knownService } from './testing/known-service.ts';

const SERVICES = ['api', 'db', 'web', 'worker'] as const;

const objectOf = (kind: string, name: string, text: string): KubeObject =>
  ({ apiVersion: 'v1', kind, metadata: { name, namespace: 'n' }, data: { text } }) as unknown as KubeObject;

function updateOf(
  objects: readonly WantedObject[],
  selected: readonly string[],
  gone: readonly string[] = [],
): StackUpdate {
  const services = Object.fromEntries(SERVICES.map((service) => [service, knownService(service)]));
  const content = { objects, dependencies: [], sourceMap: [], services, filesDigest: null };
  return { content, selected, gone, change: {} };
}

/** A project: a workload for each service, and objects that several of them share. */
const project = fc
  .record({
    texts: fc.array(fc.string(), { minLength: 4, maxLength: 4 }),
    shared: fc.string(),
    users: fc.subarray([...SERVICES], { minLength: 1 }),
  })
  .map(({ texts, shared, users }): WantedObject[] => [
    ...SERVICES.map((service, index) => ({
      object: objectOf('Pod', service, texts[index] ?? ''),
      services: [service],
    })),
    { object: objectOf('ConfigMap', 'shared', shared), services: [...users].sort() },
  ]);
const update = fc
  .record({ objects: project, selected: fc.subarray([...SERVICES]), gone: fc.subarray([...SERVICES]) })
  .map(({ objects, selected, gone }) =>
    updateOf(
      objects,
      selected,
      gone.filter((service) => !selected.includes(service)),
    ),
  );
const history = fc.array(update, { maxLength: 6 });

const after = (updates: readonly StackUpdate[]): StackContent => updates.reduce(mergeContent, NO_CONTENT);
const ofService = (content: Pick<StackContent, 'objects'>, service: string): string[] =>
  content.objects
    .filter(({ object, services }) => object.kind === 'Pod' && services.includes(service))
    .map(({ object }) => JSON.stringify(object));

describe('what a stack wants after an update', () => {
  it('has of the selected services exactly what the update has, and of those that go nothing', () => {
    fc.assert(
      fc.property(history, update, (updates, next) => {
        const content = mergeContent(after(updates), next);
        for (const service of next.selected)
          expect(ofService(content, service)).toEqual(ofService(next.content, service));
        for (const service of next.gone) expect(ofService(content, service)).toEqual([]);
      }),
    );
  });

  it('leaves every other service as it was, also what it shares with the selected ones', () => {
    fc.assert(
      fc.property(history, update, (updates, next) => {
        const before = after(updates);
        const content = mergeContent(before, next);
        const about = [...next.selected, ...next.gone];
        for (const { object, services } of before.objects) {
          const staying = services.filter((service) => !about.includes(service));
          const kept = content.objects.find((each) => each.object.metadata.name === object.metadata.name);
          expect(kept?.services ?? []).toEqual(expect.arrayContaining(staying));
          if (object.kind === 'Pod' && staying.length > 0) expect(kept?.object).toEqual(object);
        }
      }),
    );
  });

  it('is the same when it is asked for twice, and holds no object that nobody wants', () => {
    fc.assert(
      fc.property(history, update, (updates, next) => {
        const once = mergeContent(after(updates), next);
        expect(mergeContent(once, next)).toEqual(once);
        for (const { services } of once.objects) expect(services.length).toBeGreaterThan(0);
      }),
    );
  });

  it('keeps what is remembered of others, and takes the place of what was said of the selected ones', () => {
    const first = { ...updateOf([], ['web', 'db']), change: { specs: { web: { replicas: 2 }, db: { replicas: 1 } } } };
    const second = { ...updateOf([], ['web']), change: { specs: { web: {} }, values: { A: '1' } } };
    const { configuration } = after([first, second]);
    expect(configuration.specs).toEqual({ web: {}, db: { replicas: 1 } });
    expect(configuration.values).toEqual({ A: '1' });
    const forgotten = { ...updateOf([], ['web']), change: { values: { B: '2' }, forget: ['A'] } };
    expect(after([first, second, forgotten]).configuration.values).toEqual({ B: '2' });
  });

  it('names who else uses what a selection changes, and the keys they would miss', () => {
    const shared = (data: Record<string, string>): WantedObject => ({
      object: { ...objectOf('ConfigMap', 'shared', ''), data } as unknown as KubeObject,
      services: ['api', 'web'],
    });
    const before = after([updateOf([shared({ a: '1', b: '2' })], ['api', 'web'])]);
    const changes = sharedChanges(before, updateOf([shared({ a: '3' })], ['web']));
    expect(changes).toMatchObject([{ object: { name: 'shared' }, services: ['api'], missing: ['b'] }]);
    expect(sharedChanges(before, updateOf([shared({ a: '3' })], ['api', 'web']))).toEqual([]);
  });

  it('remembers who lies behind what was changed for others, until it is deployed itself', () => {
    const shared = (a: string): WantedObject => ({
      object: { ...objectOf('ConfigMap', 'shared', ''), data: { a } } as unknown as KubeObject,
      services: ['api', 'web'],
    });
    const behind = (updates: readonly StackUpdate[]): unknown => after(updates).services['api']?.behind;
    const first = updateOf([shared('1')], ['api', 'web']);
    expect(behind([first, updateOf([shared('1')], ['web'])])).toBeUndefined();
    expect(behind([first, updateOf([shared('2')], ['web'])])).toEqual(['ConfigMap/n/shared']);
    expect(behind([first, updateOf([shared('2')], ['web']), updateOf([], ['db'])])).toEqual(['ConfigMap/n/shared']);
    expect(behind([first, updateOf([shared('2')], ['web']), updateOf([shared('2')], ['api'])])).toBeUndefined();
  });
});

describe('a step of a stack', () => {
  const options = { isRollback: false, deleteClaims: [] };
  const entryOf = ({ kind, metadata: { name } }: KubeObject, services: readonly string[]) => ({
    object: { group: '', version: 'v1', kind, namespace: 'n', name },
    uid: `uid-${kind}-${name}`,
    services,
  });

  it('never deletes what a service wants, or has left, that it is not about', () => {
    fc.assert(
      fc.property(history, update, fc.subarray([...SERVICES]), (updates, next, leftBy) => {
        const good = after(updates);
        const about = [...next.selected, ...next.gone];
        const inventory = [
          ...good.objects.map(({ object, services }) => entryOf(object, services)),
          ...leftBy.map((service) => entryOf(objectOf('Secret', `left-${service}`, ''), [service])),
        ];
        const step = stepTo(good, next, inventory, options);
        const wanted = new Set(step.next.objects.map(({ object }) => `${object.kind} ${object.metadata.name}`));
        const goes = step.inventory.filter(({ object }) => !wanted.has(`${object.kind} ${object.name}`));
        for (const entry of goes) {
          const { services = [] } = inventory.find(({ uid }) => uid === entry.uid) ?? {};
          expect(about).toEqual(expect.arrayContaining([...services]));
        }
        expect(step.inventory.length + step.aside.length).toBe(inventory.length);
      }),
    );
  });

  it('counts a Job as done whose content is as it was, and every one of a rollback', () => {
    const job = { object: objectOf('Job', 'migrate', 'same'), services: ['db'] };
    const good = after([updateOf([job], ['db'])]);
    const changed = { ...job, object: objectOf('Job', 'migrate', 'other') };
    const completed = (wanted: WantedObject, isRollback: boolean) =>
      stepTo(good, updateOf([wanted], ['db']), [], { ...options, isRollback }).completed.map(({ name }) => name);
    expect(completed(job, false)).toEqual(['migrate']);
    expect(completed(changed, false)).toEqual([]);
    expect(completed(changed, true)).toEqual(['migrate']);
  });

  it('holds of services that could not go what is still there of them, and nothing else of theirs', () => {
    const [web, settings] = [objectOf('Pod', 'web', ''), objectOf('ConfigMap', 'web', '')];
    const db = objectOf('Pod', 'db', '');
    const good = after([
      updateOf(
        [...[web, settings].map((object) => ({ object, services: ['web'] })), { object: db, services: ['db'] }],
        ['web', 'db'],
      ),
    ]);
    const step = stepTo(good, updateOf([{ object: db, services: ['db'] }], ['db'], ['web']), [], options);
    expect(Object.keys(step.next.services)).toEqual(['db']);
    const held = step.holding(['web'], new Set([objectKey(objectId(settings))]));
    expect(Object.keys(held.services).sort()).toEqual(['db', 'web']);
    expect(held.objects.map(({ object }) => object)).toEqual([db, settings]);
  });

  it('goes back to nothing where the services were never good, and nowhere in a stack that never was', () => {
    const pod = { object: objectOf('Pod', 'web', ''), services: ['web'] };
    const db = { object: objectOf('Pod', 'db', ''), services: ['db'] };
    expect(stepTo(undefined, updateOf([pod], ['web']), [], options).back).toBeUndefined();
    expect(stepTo(after([updateOf([db], ['db'])]), updateOf([pod], ['web']), [], options).back?.objects).toEqual([]);
  });
});
