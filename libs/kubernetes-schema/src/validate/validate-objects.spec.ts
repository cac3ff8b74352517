import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { httpRoute, richObjects } from '../../test/rich-objects.ts';
import { caseObject, ruleCases } from '../../test/rule-cases.ts';
import { withValue } from '../../test/mutations.ts';
import { ruleNames } from './rules.ts';
import { kubeVersions } from '../schema/kube-version.ts';
import { validateObject, validateObjects } from './validate-objects.ts';

const rulesOf = (object: KubeObject, version: (typeof kubeVersions)[number] = '1.37'): string[] =>
  validateObject(object, version).map((v) => v.rule);

/** Checked by tests of their own below. */
const ofSets = [
  'object-duplicate',
  'route-path',
  'route-backend',
  'route-rewrite',
  'route-parent',
  'grace-period',
  'stop-signal',
  'shared-process-namespace',
];

describe('validation against the API of a Kubernetes version', () => {
  it.each(kubeVersions)('finds nothing in a right object of any kind, Kubernetes %s', (version) => {
    for (const object of [...richObjects, httpRoute]) expect(validateObject(object, version)).toEqual([]);
  });

  it.each(ruleCases.map((c) => [`${c.rule}: ${c.kind} ${c.path}`, c] as const))('%s', (_, rule) => {
    expect(rulesOf(caseObject(rule, rule.good))).toEqual([]);
    for (const bad of rule.bad) expect(rulesOf(caseObject(rule, bad))).toContain(rule.rule);
  });

  it('has a right and a wrong example of every rule', () => {
    const shown = new Set([...ruleCases.filter((c) => c.bad.length > 0).map((c) => c.rule), ...ofSets]);
    expect(ruleNames.filter((name) => !shown.has(name))).toEqual([]);
  });

  it('names object, pointer and the field that was meant', () => {
    const object = withValue(richObjects.find((o) => o.kind === 'Service') as KubeObject, ['spec', 'selectors'], {});
    expect(validateObject(object, '1.37')).toEqual([
      {
        object: { group: '', version: 'v1', kind: 'Service', namespace: 'held', name: 'rich' },
        pointer: '/spec/selectors',
        message: 'ServiceSpec of Kubernetes 1.37 has no field selectors; did you mean selector?',
        rule: 'schema-unknown',
      },
    ]);
  });

  it('knows what changed between versions', () => {
    const service = withValue(
      richObjects.find((o) => o.kind === 'Service') as KubeObject,
      ['metadata', 'name'],
      '3scale',
    );
    expect(rulesOf(service, '1.35')).toEqual(['object-name']);
    expect(rulesOf(service, '1.36')).toEqual([]);
  });

  it('refuses kinds it has no schema for', () => {
    expect(rulesOf({ apiVersion: 'apps/v1beta1', kind: 'Deployment', metadata: { name: 'x' } })).toEqual([
      'schema-kind',
    ]);
  });

  it('shows no value of a Secret', () => {
    const secret: KubeObject = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'Bad' },
      type: 'hunter2',
      data: { 'k y': 'hunter2', ok: 'not base64!' },
      stringData: { 'a/b': 'hunter2' },
    };
    expect(JSON.stringify(validateObject(secret, '1.37').map((v) => v.message))).not.toMatch(/hunter2|not base64!/);
  });

  it('never throws, whatever stands in a field', () => {
    for (const odd of [null, 0, '', [], {}, [null], { a: null }] as const)
      for (const object of richObjects)
        for (const key of Object.keys(object))
          if (key !== 'apiVersion' && key !== 'kind' && key !== 'metadata')
            validateObject(withValue(object, [key], odd as never), '1.37');
  });
});

describe('validation of all objects together', () => {
  const deployment = withValue(
    richObjects.find((o) => o.kind === 'Deployment') as KubeObject,
    ['spec', 'replicas'],
    undefined,
  );
  const autoscaler = richObjects.find((o) => o.kind === 'HorizontalPodAutoscaler') as KubeObject;
  const service = withValue(richObjects.find((o) => o.kind === 'Service') as KubeObject, ['metadata', 'name'], 'web');
  const ingress = richObjects.find((o) => o.kind === 'Ingress') as KubeObject;
  const rules = (...objects: KubeObject[]): string[] =>
    validateObjects(objects, '1.37').map((v) => `${v.rule} ${v.pointer}`);

  it('finds two objects of one name', () => {
    expect(rules(service, service)).toEqual(['object-duplicate /metadata/name']);
    expect(rules(service, withValue(service, ['metadata', 'namespace'], 'other'))).toEqual([]);
  });

  it('finds an autoscaler without its workload, and one that fights over replicas', () => {
    expect(rules(deployment, autoscaler)).toEqual([]);
    expect(rules(autoscaler)).toEqual(['autoscaler-target /spec/scaleTargetRef']);
    expect(rules(withValue(deployment, ['spec', 'replicas'], 2), autoscaler)).toEqual([
      'autoscaler-target /spec/replicas',
    ]);
  });

  it('finds an Ingress to a Service or port that is not there', () => {
    const at = '/spec/rules/0/http/paths/0/backend/service';
    expect(rules(service, ingress)).toEqual([]);
    expect(rules(ingress)).toEqual([`ingress-backend ${at}/name`]);
    expect(rules(withValue(service, ['spec', 'ports', 0, 'name'], 'other'), ingress)).toEqual([
      `ingress-backend ${at}/port`,
    ]);
  });
});

describe('rules of single kinds', () => {
  const pod = (spec: object): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { containers: [{ name: 'a', image: 'b' }], ...spec },
  });

  it('a bare pod has no negative grace period', () => {
    expect(rulesOf(pod({ terminationGracePeriodSeconds: 0 }))).toEqual([]);
    expect(rulesOf(pod({ terminationGracePeriodSeconds: -1 }))).toEqual(['grace-period']);
  });

  it('the node’s processes are not shared a second time', () => {
    expect(rulesOf(pod({ hostPID: true }))).toEqual([]);
    expect(rulesOf(pod({ hostPID: true, shareProcessNamespace: true }))).toEqual(['shared-process-namespace']);
  });

  it('a stop signal needs the operating system named', () => {
    const containers = [{ name: 'a', image: 'b', lifecycle: { stopSignal: 'SIGINT' } }];
    expect(rulesOf(pod({ containers, os: { name: 'linux' } }))).toEqual([]);
    expect(rulesOf(pod({ containers }))).toEqual(['stop-signal']);
  });

  it('a route has paths and backends as the custom resource wants them', () => {
    const rule = (value: object): string[] => rulesOf(withValue(httpRoute, ['spec', 'rules'], [value as never]));
    expect(rule({ backendRefs: [{ name: 'web', port: 80 }] })).toEqual([]);
    expect(rule({ backendRefs: [{ name: 'web' }] })).toEqual(['route-backend']);
    expect(rule({ matches: [{ path: { type: 'PathPrefix', value: 'a' } }] })).toEqual(['route-path']);
    expect(rule({ matches: [{ path: { type: 'Exact', value: '/a b' } }] })).toEqual(['route-path']);
    const filters = [
      { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } },
    ];
    expect(rule({ filters })).toEqual([]);
    expect(rule({ filters, matches: [{ method: 'GET' }, { method: 'PUT' }] })).toEqual(['route-rewrite']);
    expect(rule({ filters, matches: [{ path: { type: 'Exact', value: '/a' } }] })).toEqual(['route-rewrite']);
    expect(rule({ matches: [{ path: { type: 'Prefix', value: '/a' } }] })).toEqual(['schema-enum']);
    expect(rule({ backendRefs: [{ name: 'web', port: 0 }] })).toEqual(['schema-limit']);
    expect(rulesOf(withValue(httpRoute, ['spec', 'parentRefs'], [{ name: 'a' }, { name: 'a' }]))).toEqual([
      'route-parent',
    ]);
  });
});
