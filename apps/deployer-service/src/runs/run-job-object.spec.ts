import { describe, expect, it } from '@jest/globals';
import { listAt, valueAt, type KubeObject } from '@ushadow/kubernetes';
import { NO_CONTENT, type StackContent } from '../content/stack-content.ts';
import { knownService } from '../content/testing/known-service.ts';
import { jobOf, type RunOptions } from './run-job-object.ts';

const options: RunOptions = {
  id: 'abcdef01-2345',
  command: undefined,
  entrypoint: undefined,
  deadlineSeconds: 60,
  keepSeconds: 600,
};

function stackWith(kind: string, spec: object): StackContent {
  const labels = {
    'app.kubernetes.io/name': 'web',
    'app.kubernetes.io/part-of': 'shop',
    'app.kubernetes.io/managed-by': 'ushadow',
  };
  const object = { apiVersion: 'apps/v1', kind, metadata: { name: 'web', namespace: 'shop', labels }, spec };
  return {
    ...NO_CONTENT,
    objects: [{ object: object as unknown as KubeObject, services: ['side', 'web'] }],
    services: { web: knownService('web', { image: 'web:1' }), side: knownService('side', { image: 'side:1' }) },
  };
}
const web = {
  name: 'web',
  image: 'web:1',
  command: ['/entry'],
  args: ['serve'],
  env: [{ name: 'A', value: '1' }],
  ports: [{ containerPort: 80 }],
  livenessProbe: {},
  volumeMounts: [{ name: 'data', mountPath: '/data' }],
};
const template = {
  metadata: { labels: { 'app.kubernetes.io/name': 'web' } },
  spec: { containers: [web, { name: 'side', image: 'side:1' }] },
};
const containerOf = (job: KubeObject | undefined) => listAt(job, ['spec', 'template', 'spec', 'containers']);

describe('the Job that runs a service once', () => {
  const content = stackWith('StatefulSet', { template, volumeClaimTemplates: [{ metadata: { name: 'data' } }] });

  it('has the image, environment and volumes of the service, and nothing that is for what runs on', () => {
    const job = jobOf(content, 'web', options);
    const { image, command, args, env, volumeMounts } = web;
    expect(containerOf(job)).toEqual([{ name: 'web', image, command, args, env, volumeMounts }]);
    expect(listAt(job, ['spec', 'template', 'spec', 'volumes'])).toEqual([
      { name: 'data', persistentVolumeClaim: { claimName: 'data-web-0' } },
    ]);
    expect(valueAt(job, ['spec', 'template', 'spec', 'restartPolicy'])).toBe('Never');
  });

  it('has another command, with the entry point of the service or one of its own', () => {
    const run = (more: Partial<RunOptions>) => containerOf(jobOf(content, 'web', { ...options, ...more }))[0];
    expect(run({ command: ['ls'] })).toMatchObject({ command: ['/entry'], args: ['ls'] });
    const shell = run({ entrypoint: ['sh'] });
    expect([shell?.['command'], shell?.['args']]).toEqual([['sh'], undefined]);
  });

  it('is found by no Service, and known as a part of its project', () => {
    const job = jobOf(content, 'web', options);
    expect(job?.metadata.name).toBe('web-run-abcdef0123');
    expect(valueAt(job, ['spec', 'template', 'metadata', 'labels'])).toEqual({
      'app.kubernetes.io/part-of': 'shop',
      'app.kubernetes.io/managed-by': 'ushadow',
      'app.kubernetes.io/name': 'web-run-abcdef0123',
      'app.kubernetes.io/component': 'run',
    });
  });

  it('is none for what has no pod', () => {
    expect(jobOf({ ...content, objects: [] }, 'web', options)).toBeUndefined();
  });
});
