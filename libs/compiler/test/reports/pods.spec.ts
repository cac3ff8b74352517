import { describe, expect, it } from '@jest/globals';
import { compileText } from '../harness/compile-text.ts';

interface Container {
  readonly name: string;
  readonly restartPolicy?: string;
  readonly startupProbe?: object;
}

const named = (value: unknown) => ((value ?? []) as readonly Container[]).map(({ name }) => name);

const VPN = `
services:
  vpn:
    image: qmcgaw/gluetun:v3
    cap_add: [NET_ADMIN]
    ports: ["8080:8080"]
    healthcheck: {test: [CMD, /gluetun-entrypoint, healthcheck], interval: 5s, retries: 3}
  torrent:
    image: acme/torrent:1
    network_mode: "service:vpn"
    healthcheck: {test: "curl -f http://localhost:8080 || exit 1"}
    depends_on: {vpn: {condition: service_healthy}}
    volumes: ["cfg:/config"]
  indexer: {image: "acme/indexer:1", network_mode: "service:vpn", expose: ["9696"]}
volumes: {cfg: {}}
`;

describe('network-of-another-service', () => {
  const { pod, at, ok, names } = compileText(VPN);

  it('is one pod of all its members, which decide together', () => {
    expect(ok).toBe(true);
    expect(names.filter((name) => name.startsWith('Deployment'))).toEqual(['Deployment vpn']);
    expect([...named(pod('vpn').initContainers), ...named(pod('vpn').containers)].toSorted()).toEqual([
      'indexer',
      'torrent',
      'vpn',
    ]);
    expect(at('Deployment', 'vpn', 'spec', 'strategy', 'type')).toBe('Recreate');
    expect(JSON.stringify(pod('vpn').volumes)).toContain('-cfg');
  });

  it('publishes the ports of the members under the name of the one whose network it is', () => {
    expect(names.filter((name) => name.startsWith('Service'))).toEqual(['Service vpn']);
    expect(JSON.stringify(at('Service', 'vpn', 'spec', 'ports'))).toContain('9696');
  });
});

describe('ports-on-the-vpn', () => {
  it('say nothing false of the pattern that everybody uses', () => {
    const { findings } = compileText(VPN);
    expect(findings.filter((finding) => /^(error|warning)/.test(finding))).toEqual([]);
  });
});

describe('database-in-a-shared-pod', () => {
  it('makes the pod what a database needs, whoever is its first member', () => {
    const { at, pod, ok } = compileText(`
services:
  main: {image: "nginx:1.27", ports: ["80:80"]}
  side: {image: "postgres:17", network_mode: "service:main", volumes: ["data:/var/lib/postgresql/data"]}
volumes: {data: {}}
`);
    expect(ok).toBe(true);
    expect(at('StatefulSet', 'main', 'spec', 'replicas')).toBe(1);
    expect(JSON.stringify(pod('main').volumes)).toContain('"claimName":');
  });
});

describe('order-inside-a-pod', () => {
  it('is kept by native sidecars that must have started', () => {
    const [first] = compileText(VPN).pod('vpn').initContainers as unknown as readonly Container[];
    expect(first).toMatchObject({ name: 'vpn', restartPolicy: 'Always' });
    expect(first?.startupProbe).toBeDefined();
  });
});
