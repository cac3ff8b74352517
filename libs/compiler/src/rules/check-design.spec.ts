import { describe, expect, it } from '@jest/globals';
import type { ComposeService } from '@ushadow/compose';
import { codesOf, compileProject } from '../testing/compile-project.ts';

/** What Compose takes and no pod does: left out with a finding, never an object that the API refuses. */
const ODD: readonly (readonly [string, Partial<ComposeService>, readonly string[]])[] = [
  [
    'extra host with an underscore',
    { extra_hosts: ['my_host=1.2.3.4', 'ok=1.2.3.4'] },
    ['CMP0411 /services/web/extra_hosts/0'],
  ],
  [
    'extra host without an address',
    { extra_hosts: ['h=host-gateway', 'x=300.1.1.1'] },
    ['CMP0406 /services/web/extra_hosts/0', 'CMP0406 /services/web/extra_hosts/1'],
  ],
  ['name server by name', { dns: ['dns.example', '1.1.1.1'] }, ['CMP0411 /services/web/dns']],
  ['search domain', { dns_search: ['bad_domain', 'ok.example.'] }, ['CMP0411 /services/web/dns_search']],
  ['too many name servers', { dns: ['1.1.1.1', '1.0.0.1', '8.8.8.8', '8.8.4.4'] }, ['CMP0407 /services/web/dns']],
  ['kernel parameter', { sysctls: { 'bad sysctl': '1' } }, ['CMP0815 /services/web/sysctls']],
  ['user number', { user: '4294967295' }, ['CMP0812 /services/web/user']],
  ['user name', { user: 'node' }, ['CMP0812 /services/web/user']],
  ['group number', { group_add: ['99999999999'] }, ['CMP0813 /services/web/group_add/0']],
  ['runtime', { runtime: 'Bad_Runtime' }, ['CMP0815 /services/web/runtime']],
  ['platform', { platform: 'linux/what is this' }, ['CMP0815 /services/web/platform']],
  ['empty test', { healthcheck: { test: ['CMD'] } }, ['CMP0701 /services/web/healthcheck']],
  ['empty hook', { post_start: [{ command: null }] }, ['CMP0460 /services/web/post_start']],
  [
    'shared propagation',
    { volumes: [{ type: 'bind', source: '/mnt/x', target: '/x', bind: { propagation: 'rshared' } }] },
    ['CMP0901 /services/web/volumes/0', 'CMP0909 /services/web/volumes/0'],
  ],
  ['hostname', { hostname: 'a_b' }, ['CMP0108 /services/web/hostname', 'CMP0109 /services/web/hostname']],
  ['no network', { network_mode: 'none' }, ['CMP0410 /services/web/network_mode']],
  ['job on every node', { deploy: { mode: 'global-job' } }, ['CMP0503 /services/web/deploy/mode']],
  [
    'replicas on one volume',
    { scale: 2, volumes: [{ type: 'volume', source: 'd', target: '/d' }] },
    ['CMP0908 /services/web/volumes/0'],
  ],
  [
    'variable called like a prototype',
    { environment: { ['__proto__']: 'x', constructor: 'y' } as Record<string, string> },
    [],
  ],
];

describe('odd values', () => {
  it.each(ODD)('%s', (_, service, codes) => {
    const result = compileProject({ services: { web: service }, volumes: { d: { name: 'demo_d' } } });
    expect([...codesOf(result)].sort()).toEqual([...codes].sort());
    expect(result.ok).toBe(true);
  });

  it('two services of one pod on one port', () => {
    const services = { a: { expose: ['80'] }, b: { expose: ['80'], network_mode: 'service:a' } };
    expect(codesOf(compileProject({ services }))).toContain('CMP0409 /services/b/expose/0');
  });

  it('a database name of 60 letters leaves room for what the API appends', () => {
    const name = 'd'.repeat(60);
    const result = compileProject({
      services: { [name]: { image: 'postgres', volumes: [{ type: 'volume', source: 'd', target: '/d' }] } },
      volumes: { d: { name: 'demo_d' } },
    });
    const set = result.objects.find(({ kind }) => kind === 'StatefulSet');
    expect(set?.metadata.name).toHaveLength(52);
    expect(result.objects.find(({ kind }) => kind === 'Service')?.metadata.name).toBe(name);
  });
});
