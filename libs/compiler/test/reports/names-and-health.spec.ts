import { describe, expect, it } from '@jest/globals';
import { compileText } from '../harness/compile-text.ts';

describe('self-named-health-check', () => {
  const check = (name: string) => `healthcheck: {test: [CMD, curl, -f, "http://${name}:8000/up"]}`;

  it('works behind a headless Service, whose name resolves before the pod is ready', () => {
    const { at, ok } = compileText(`services: {store: {image: "acme/store:1", ${check('store')}}}`);
    expect(at('Service', 'store', 'spec')).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    expect(ok).toBe(true);
  });

  it('works in one rolling replica behind a ClusterIP, which knows itself by its host name', () => {
    const { pod, at } = compileText(`services: {pub: {image: "acme/pub:1", ports: ["80:8000"], ${check('pub')}}}`);
    expect(pod('pub').hostname).toBe('pub');
    expect(at('Service', 'pub', 'spec', 'publishNotReadyAddresses')).toBeUndefined();
  });

  it('works in one replica that is never doubled, which its ClusterIP leads to before it is ready', () => {
    const volumes = 'ports: ["80:8000"], volumes: ["data:/d"]';
    const { at } = compileText(
      `services: {one: {image: "acme/one:1", ${volumes}, ${check('one')}}}\nvolumes: {data: {}}`,
    );
    expect(at('Deployment', 'one', 'spec', 'strategy', 'type')).toBe('Recreate');
    expect(at('Service', 'one', 'spec', 'publishNotReadyAddresses')).toBe(true);
  });

  it('leaves readiness to the name of several replicas', () => {
    const several = 'ports: ["80:8000"], deploy: {replicas: 3}';
    const { pod, at } = compileText(`services: {many: {image: "acme/many:1", ${several}, ${check('many')}}}`);
    expect(pod('many').hostname).toBeUndefined();
    expect(at('Service', 'many', 'spec', 'publishNotReadyAddresses')).toBeUndefined();
  });

  it('never makes a name of the service lead to loopback, where others would not find it', () => {
    for (const extra of ['', 'ports: ["80:8000"],', 'deploy: {replicas: 2},']) {
      const { pod } = compileText(`services: {a: {image: "acme/a:1", ${extra} ${check('a')}}}`);
      expect(pod('a').hostAliases).toBeUndefined();
    }
  });
});

describe('probe-in-a-circle', () => {
  it('waits for readiness only where Compose waits for health', () => {
    const { at, ok } = compileText(`
services:
  db: {image: "postgres:16", depends_on: {collector: {condition: service_healthy}}}
  collector: {image: "acme/c:1", healthcheck: {test: [CMD, curl, "http://collector:80/"]}}
  app: {image: "acme/a:1", depends_on: {db: {condition: service_started}}}
`);
    const waits = (name: string) => at('Deployment', name, 'metadata', 'annotations', 'ushadow.io/depends-on');
    expect([waits('db'), waits('collector'), waits('app')]).toEqual(['collector=ready', undefined, 'db=started']);
    expect(ok).toBe(true);
  });
});

describe('loopback-health-check', () => {
  const probeOf = (test: string, ports = '') => {
    const { pod, at } = compileText(`services: {a: {image: "acme/a:1", ${ports} healthcheck: {test: ${test}}}}`);
    const [{ readinessProbe }] = pod('a').containers as unknown as [{ readinessProbe: object }];
    return { readinessProbe, ports: at('Service', 'a', 'spec', 'ports') };
  };

  it('stays a command where the port is nobody else’s business, and opens no port', () => {
    for (const url of ['http://localhost:2019/config/', 'http://127.0.0.1:9901/ready', 'http://[::1]:9901/']) {
      const { readinessProbe, ports } = probeOf(`[CMD, wget, -q, --spider, "${url}"]`);
      expect(readinessProbe).toHaveProperty('exec');
      expect(ports).toBeUndefined();
    }
  });
});

describe('dotted-names', () => {
  it('of one dot resolve by host name and a headless Service, as they are written', () => {
    const { pod, at } = compileText(`
services:
  node.manager: {image: "acme/m:1", hostname: node.manager}
  node.indexer: {image: "acme/i:1", environment: {MANAGER: "https://node.manager:55000"}}
`);
    expect(pod('node-manager')).toMatchObject({ hostname: 'node', subdomain: 'manager' });
    expect(at('Service', 'manager', 'spec')).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
  });
});

describe('docker-names-in-files', () => {
  const site =
    'resolver 127.0.0.11;\nupstream u { server app_v1:3000; }\nserver { set $h http://host.docker.internal; }';

  it('are found in mounted files as in commands and variables, each with its place', () => {
    const { messages } = compileText(
      `
services:
  web:
    image: nginx:1.27
    environment: {RESOLVER: 127.0.0.11}
    command: [nginx, -g, "daemon off; # resolver 127.0.0.11"]
    volumes: ["./site.conf:/etc/nginx/conf.d/default.conf:ro"]
  app_v1: {image: "acme/app:1"}
`,
      { 'site.conf': site },
    );
    expect(messages).toContain('"127.0.0.11" in variable RESOLVER');
    expect(messages).toContain('"127.0.0.11" in command');
    expect(messages).toContain('"127.0.0.11" in file "site.conf"');
    expect(messages).toContain('"host.docker.internal" in file "site.conf"');
    expect(messages).toContain('"app_v1" is called "app-v1"');
  });
});

describe('name-in-a-mounted-file', () => {
  const conf = (name: string) => ({
    'nginx.conf': `http { server { location / { proxy_pass http://${name}:8080; } } }`,
  });
  const text = (name: string) => `
services:
  api: {image: "acme/api:1", container_name: ${name}}
  gw: {image: "nginx:1.27", volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]}
`;

  it('is a name that has to resolve: what cannot is a warning', () => {
    const { findings } = compileText(text('my_api'), conf('my_api'));
    expect(findings).toContain('warning CMP0103 /services/api/container_name');
  });

  it('of one dot resolves below the service’s own headless Service', () => {
    const { pod, at, findings, names } = compileText(text('my.api'), conf('my.api'));
    expect(pod('api')).toMatchObject({ hostname: 'my', subdomain: 'api' });
    expect(at('Service', 'api', 'spec', 'clusterIP')).toBe('None');
    expect(names.filter((name) => name === 'Service api')).toHaveLength(1);
    expect(findings.join()).not.toContain('CMP0103');
  });

  it('is an alias where it can be one', () => {
    const { names, findings } = compileText(text('backend'), conf('backend'));
    expect(names).toContain('Service backend');
    expect(findings.join()).not.toContain('CMP0103');
  });
});
