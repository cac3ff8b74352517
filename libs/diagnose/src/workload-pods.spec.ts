import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { ClusterView } from './cluster-view.ts';
import { podsToJudge } from './workload-pods.ts';

const REVISION = 'deployment.kubernetes.io/revision';

function template(image: string, hash?: string): object {
  const labels = { app: 'web', ...(hash === undefined ? {} : { 'pod-template-hash': hash }) };
  return { metadata: { labels }, spec: { containers: [{ name: 'main', image }] } };
}

function owned(kind: string, name: string, owner: string, fields: object): KubeObject {
  const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'Owner', name: owner, uid: owner }];
  const { metadata, ...rest } = fields as { metadata?: object };
  return { apiVersion: 'apps/v1', kind, metadata: { name, uid: name, ownerReferences, ...metadata }, ...rest };
}

/** A Deployment at its third change, with a ReplicaSet and a pod of a good and of a bad template. */
function judged(change: { readonly image: string; readonly observed?: number; readonly noted?: string }): string[] {
  const { image, observed = 3, noted = '2' } = change;
  const view = new ClusterView();
  const deployment = owned('Deployment', 'web', 'nobody', {
    metadata: { generation: 3, annotations: { [REVISION]: noted } },
    spec: { template: template(image) },
    status: { observedGeneration: observed },
  });
  const replicaSet = (name: string, revision: string): KubeObject =>
    owned('ReplicaSet', name, 'web', {
      metadata: { annotations: { [REVISION]: revision } },
      spec: { template: template(name, `hash of ${name}`) },
    });
  const all = [
    replicaSet('good', '1'),
    replicaSet('bad', '2'),
    owned('Pod', 'good-pod', 'good', {}),
    owned('Pod', 'bad-pod', 'bad', {}),
  ];
  for (const object of [deployment, ...all]) view.put(object);
  return podsToJudge(deployment, view).map(({ metadata }) => metadata.name);
}

describe('the pods a Deployment is judged by', () => {
  it('are those of its template', () => {
    expect(judged({ image: 'bad' })).toEqual(['bad-pod']);
  });

  it('are those of a former ReplicaSet that is taken up again, while the Deployment still bears the number of the last', () => {
    expect(judged({ image: 'good', noted: '2' })).toEqual(['good-pod']);
  });

  it('are none before the controller has seen the change, or has made a ReplicaSet of it', () => {
    expect(judged({ image: 'good', observed: 2 })).toEqual([]);
    expect(judged({ image: 'new' })).toEqual([]);
  });
});
