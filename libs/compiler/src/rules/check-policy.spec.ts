import { describe, expect, it } from '@jest/globals';
import type { PlainValue } from '@ushadow/compose';
import type { PodPolicy } from '../compile-input.ts';
import type { LooseProject } from '../testing/compile-project.ts';
import { codesOf, compileProject } from '../testing/compile-project.ts';

type Service = LooseProject['services'][string];

const findings = (web: Service, policy: PodPolicy = {}, specs = {}): readonly string[] =>
  codesOf(
    compileProject({ services: { web } }, { target: { namespace: 'n', policies: { pods: policy } }, specs }),
  ).filter((code) => /^CMP(0811|0911|101)/.test(code));
const patched = (spec: Readonly<Record<string, PlainValue>>, kind = 'Deployment'): Service => ({
  'x-k8s': { [kind]: { spec: { template: { spec } } } },
});
const AT = '/services/web/x-k8s/Deployment/spec/template/spec';

describe('what pods may do here', () => {
  it('every path of the node is judged, from the file and from a patch', () => {
    const volumes = [{ name: 'v', hostPath: { path: '/etc' } }];
    const none = { hostPaths: [] };
    expect(findings({ volumes: [{ type: 'bind', source: '/proc', target: '/p' }] }, none)).toEqual([
      'CMP0811 /services/web/volumes/0',
      'CMP0911 /services/web/volumes/0',
    ]);
    expect(findings(patched({ volumes }), none)).toContain(`CMP0911 ${AT}/volumes/0/hostPath`);
    expect(findings(patched({ volumes }), { hostPaths: ['/etc'] })).not.toContain(`CMP0911 ${AT}/volumes/0/hostPath`);
  });

  it.each<[string, Service, string]>([
    ['privileged', { privileged: true }, '/services/web/privileged'],
    ['a capability', { cap_add: ['NET_ADMIN'] }, '/services/web/cap_add'],
    ['the network of the node', { network_mode: 'host' }, '/services/web/network_mode'],
    ['the processes of the node', { pid: 'host' }, '/services/web/pid'],
    ['a sysctl', { sysctls: { 'net.core.somaxconn': '1' } }, '/services/web/sysctls'],
    ['a device', { devices: [{ source: '/dev/fuse', target: '/dev/fuse' }] }, '/services/web/devices'],
    ['a patch', patched({ hostIPC: true }), `${AT}/hostIPC`],
  ])('%s is refused at its line where only "baseline" is allowed, and told of otherwise', (_, service, path) => {
    expect(findings(service, { podSecurity: 'baseline' })).toContain(`CMP1010 ${path}`);
    expect(findings(service).map((code) => code.split(' ')[0])).toEqual(['CMP0811']);
  });

  it('an ordinary service fits "baseline" without a word, and not "restricted"', () => {
    expect(findings({}, { podSecurity: 'baseline' })).toEqual([]);
    expect(findings({}, { podSecurity: 'restricted' })).toEqual(['CMP1010 /services/web']);
  });

  it('a pod that says all that it must fits "restricted"', () => {
    const securityContext = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
    const container = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
    const service = patched({ securityContext, containers: [{ name: 'web', securityContext: container }] });
    expect(findings(service, { podSecurity: 'restricted' })).toEqual([]);
    expect(compileProject({ services: { web: service } }).services[0]?.podSecurity).toBe('restricted');
  });

  it('an account is refused wherever it comes from, unless it is allowed', () => {
    const policy = { serviceAccounts: ['app'] };
    const admin = { web: { serviceAccount: 'admin' } };
    expect(findings({}, policy, admin)).toEqual([expect.stringMatching(/^CMP1011 /)]);
    expect(findings(patched({ serviceAccountName: 'admin' }), policy)).toEqual([`CMP1011 ${AT}/serviceAccountName`]);
    expect(findings(patched({ serviceAccountName: 'app' }), policy)).toEqual([]);
    expect(findings({}, policy)).toEqual([]);
    expect(findings({}, {}, admin)).toEqual([]);
  });

  it('the account that a pod has to wait with is its own', () => {
    const project = {
      services: {
        job: { restart: 'no' },
        web: { depends_on: { job: { condition: 'service_completed_successfully' as const, required: true } } },
      },
    };
    const target = { namespace: 'n', policies: { pods: { serviceAccounts: [] } } };
    expect(compileProject(project, { target, options: { waitInitContainers: true } }).ok).toBe(true);
  });
});
