import { describe, expect, it } from '@jest/globals';
import type { KubeObject, ObjectMeta, Owner } from '@ushadow/kubernetes';
import { owned, ownerText, readOwner } from '@ushadow/kubernetes';
import { ownershipOf } from './ownership-of.ts';

const owner: Owner = { installation: 'here', stack: 's-1', project: 'web', namespace: 'shop' };
const other = (change: Partial<Owner>): string => ownerText({ ...owner, ...change });
const inventory = new Set(['known']);

const object = (metadata: Partial<ObjectMeta>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c', namespace: 'shop', uid: 'u', ...metadata },
});
const whose = (metadata: Partial<ObjectMeta>): unknown => {
  const ownership = ownershipOf(object(metadata), owner, inventory);
  return ownership.is === 'foreign' ? ownership.by : ownership.is;
};
const annotated = (key: string, value: string): Partial<ObjectMeta> => ({ annotations: { [key]: value } });
const controlledBy = (uid: string): Partial<ObjectMeta> => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'x', uid, controller: true }],
});

describe('whose an object is', () => {
  it.each<[string, string, Partial<ObjectMeta>]>([
    ['without any mark', 'unowned', {}],
    ['with our mark', 'ours', annotated('ushadow.io/owner', ownerText(owner))],
    ['with our mark under an older name', 'ours', annotated('ushadow.io/owner', other({ project: 'old' }))],
    ['of our inventory', 'ours', { uid: 'known' }],
    ['of Helm', 'Helm release web', annotated('meta.helm.sh/release-name', 'web')],
    [
      'of Helm, with its namespace',
      'Helm release shop/web',
      { annotations: { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'shop' } },
    ],
    ['of Argo CD', 'Argo CD application x', annotated('argocd.argoproj.io/tracking-id', 'x:/ConfigMap:shop/c')],
    ['of Flux, by label', 'Flux Kustomization x', { labels: { 'kustomize.toolkit.fluxcd.io/name': 'x' } }],
    [
      'of Flux, by annotation',
      'Flux HelmRelease infra/x',
      { annotations: { 'helm.toolkit.fluxcd.io/name': 'x', 'helm.toolkit.fluxcd.io/namespace': 'infra' } },
    ],
    [
      'of another stack',
      'stack notes in namespace default',
      annotated('ushadow.io/owner', other({ stack: 's-2', project: 'notes', namespace: 'default' })),
    ],
    [
      'of another installation',
      'stack web in namespace shop of another installation',
      annotated('ushadow.io/owner', other({ installation: 'there' })),
    ],
    ['with a mark that is no JSON', 'an owner mark that cannot be read', annotated('ushadow.io/owner', 'me')],
    ['with a mark that lacks a part', 'an owner mark that cannot be read', annotated('ushadow.io/owner', '{}')],
    ['with a controller', 'controlled by Deployment/x', controlledBy('somebody')],
    ['with a controller of this stack', 'unowned', controlledBy('known')],
    [
      'with an owner that does not control it',
      'unowned',
      { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'somebody' }] },
    ],
    ['with an instance label', 'unowned', { labels: { 'app.kubernetes.io/instance': 'x' } }],
    ['managed by somebody', 'unowned', { managedFields: [{ manager: 'helm', operation: 'Update' }] }],
  ])('%s: %s', (_name, expected, metadata) => {
    expect(whose(metadata)).toBe(expected);
  });

  it('is decided by a foreign mark before our own, and by either before the lack of one', () => {
    const foreign: readonly Partial<ObjectMeta>[] = [
      annotated('meta.helm.sh/release-name', 'web'),
      annotated('argocd.argoproj.io/tracking-id', 'x'),
      { labels: { 'kustomize.toolkit.fluxcd.io/name': 'x' } },
      annotated('ushadow.io/owner', other({ stack: 's-2' })),
      annotated('ushadow.io/owner', 'me'),
      controlledBy('somebody'),
    ];
    const own: readonly Partial<ObjectMeta>[] = [{ uid: 'known' }, annotated('ushadow.io/owner', ownerText(owner))];
    const noise: readonly Partial<ObjectMeta>[] = [
      { labels: { 'app.kubernetes.io/managed-by': 'ushadow' } },
      { managedFields: [{ manager: 'ushadow', operation: 'Apply' }] },
      controlledBy('known'),
    ];
    for (const marks of subsets([...foreign, ...own, ...noise])) {
      // Later ones win where two set the same annotation, as only one can be there.
      const metadata = merge(marks);
      const text = metadata.annotations?.['ushadow.io/owner'];
      const isForeign = foreign.some((mark) => marks.includes(mark) && isIn(mark, metadata));
      const isOwn = metadata.uid === 'known' || text === ownerText(owner);
      const expected = isForeign ? 'foreign' : isOwn ? 'ours' : 'unowned';
      expect([metadata, ownershipOf(object(metadata), owner, inventory).is]).toEqual([metadata, expected]);
    }
  });

  it('names the stack only where nothing else makes it foreign', () => {
    const mark = annotated('ushadow.io/owner', other({ stack: 's-2' }));
    expect(ownershipOf(object(mark), owner, inventory)).toMatchObject({ is: 'foreign', stack: 's-2' });
    const both = ownershipOf(object(merge([mark, controlledBy('somebody')])), owner, inventory);
    expect(both).not.toHaveProperty('stack');
  });
});

describe('the mark of the owner', () => {
  it('is one annotation beside those that are there, the same text for the same owner', () => {
    const before = object({ annotations: { theirs: '1' } });
    const { namespace, project, stack, installation } = owner;
    const reordered = owned(before, { namespace, project, stack, installation });
    expect(reordered).toEqual(owned(before, owner));
    expect(Object.keys(reordered.metadata.annotations ?? {})).toEqual(['theirs', 'ushadow.io/owner']);
    expect(readOwner(reordered.metadata.annotations?.['ushadow.io/owner'] ?? '')).toEqual(owner);
  });

  it('is not there without an owner', () => {
    expect(owned(object({}), undefined)).toEqual(object({}));
  });
});

function* subsets<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let bits = 0; bits < 2 ** items.length; bits++) yield items.filter((_, index) => (bits >> index) & 1);
}

function merge(marks: readonly Partial<ObjectMeta>[]): Partial<ObjectMeta> {
  return marks.reduce(
    (all, mark) => ({
      ...all,
      ...mark,
      ...(mark.annotations === undefined ? {} : { annotations: { ...all.annotations, ...mark.annotations } }),
      ...(mark.labels === undefined ? {} : { labels: { ...all.labels, ...mark.labels } }),
    }),
    {},
  );
}

function isIn(
  mark: Partial<ObjectMeta>,
  { annotations = {}, labels = {}, ownerReferences }: Partial<ObjectMeta>,
): boolean {
  const has = (given: Readonly<Record<string, string>> = {}, all: Readonly<Record<string, string>>): boolean =>
    Object.entries(given).every(([key, value]) => all[key] === value);
  const isController = mark.ownerReferences === undefined || mark.ownerReferences === ownerReferences;
  return has(mark.annotations, annotations) && has(mark.labels, labels) && isController;
}
