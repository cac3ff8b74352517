import type { ProjectData, StackData } from '@ushadow/contracts';
import { describe, expect, it } from '@jest/globals';
import { specFormOf } from './spec-form.ts';
import { activeServices, chosenServices, startForm, withService } from './stack-form.ts';
import { toStackRequest } from './to-stack-request.ts';

const service = (name: string, part: Partial<ProjectData['services'][number]> = {}) => ({
  ...{ service: name, service_id: `shop:${name}`, display_name: name, image: 'nginx', profiles: [] as string[] },
  ...{ active: true, depends_on: [], published: [], deployable: true, problem: null },
  ...part,
});
const project = {
  project: 'shop',
  services: [service('web'), service('db'), service('tools', { active: false, profiles: ['debug'] })],
};
const stack = {
  namespace: 'shop-2',
  configuration: {
    profiles: ['debug'],
    infra_of: [],
    specs: { web: { ingress: { enabled: true } } },
    variables: [],
    overrides: [],
  },
} as unknown as Pick<StackData, 'configuration' | 'namespace'>;
const place = { clusterId: '0123456789abcdef', project, stack: null, isOneOfSeveral: false, allowed: {} };

describe('the services of a deployment', () => {
  it('are all active ones, with those of a profile once it is switched on', () => {
    expect(chosenServices(project, startForm(null))).toEqual(['web', 'db']);
    expect(activeServices(project, new Set(['debug']))).toEqual(['web', 'db', 'tools']);
    expect(chosenServices(project, startForm(stack))).toEqual(['web', 'db', 'tools']);
  });

  it('leave out by themselves what cannot be deployed', () => {
    const built = { services: [service('web'), service('api', { deployable: false })] };
    expect(chosenServices(built, startForm(null))).toEqual(['web']);
  });

  it('are as ticked, and no choice again once all are', () => {
    const without = withService(project, startForm(null), 'db', false);
    expect(chosenServices(project, without)).toEqual(['web']);
    expect(withService(project, without, 'db', true).services).toBeNull();
  });
});

describe('toStackRequest', () => {
  it('names cluster and project, and leaves the rest to what is remembered', () => {
    expect(toStackRequest({ ...place, form: startForm(null) })).toEqual({
      cluster_id: '0123456789abcdef',
      project: 'shop',
    });
  });

  it('leaves the namespace empty unless it is typed, or one of several stacks is meant', () => {
    const form = startForm(null);
    expect(toStackRequest({ ...place, stack, form }).namespace).toBeUndefined();
    expect(toStackRequest({ ...place, stack, isOneOfSeveral: true, form }).namespace).toBe('shop-2');
    expect(toStackRequest({ ...place, stack, form: { ...form, namespace: ' prod ' } }).namespace).toBe('prod');
  });

  it('names the services when they are not all of the active ones', () => {
    expect(toStackRequest({ ...place, form: withService(project, startForm(null), 'db', false) }).services).toEqual([
      'web',
    ]);
    const built = { project: 'shop', services: [service('web'), service('api', { deployable: false })] };
    expect(toStackRequest({ ...place, project: built, form: startForm(null) }).services).toEqual(['web']);
  });

  it('sends values and marks by variable, also one with the name of a method', () => {
    const form = { ...startForm(null), values: new Map([['constructor', 'x']]), secrets: new Map([['A', true]]) };
    expect(toStackRequest({ ...place, form })).toMatchObject({
      variables: { constructor: 'x' },
      env_secrets: { A: true },
    });
  });

  it('sends the specification of a service that was changed', () => {
    const form = { ...startForm(stack), specs: new Map([['web', { ...specFormOf(), replicas: '2' }]]) };
    expect(toStackRequest({ ...place, stack, form }).specs).toEqual({
      web: { replicas: 2, ingress: { enabled: false } },
    });
  });

  it('adds what was said yes to', () => {
    const allowed = { take_over: true, adopt: ['Service/web'], with_dependencies: true } as const;
    expect(toStackRequest({ ...place, form: startForm(null), allowed })).toMatchObject(allowed);
  });
});
