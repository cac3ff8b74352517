import { describe, expect, it } from '@jest/globals';
import { loadProject, MemoryFilePort } from '@ushadow/compose';
import type { CompileInput, CompileOptions, Target } from '../src/index.ts';
import { compile } from '../src/index.ts';

interface Extra {
  readonly files?: Readonly<Record<string, string>>;
  readonly target?: Partial<Target>;
  readonly options?: CompileOptions;
  readonly input?: Partial<CompileInput>;
}

/** Every finding that is no note, of loader and compiler, as one line each. */
function findings(text: string, { files, target, options = {}, input }: Extra = {}): readonly string[] {
  const port = new MemoryFilePort({ '/p/compose.yaml': text, ...files });
  const loaded = loadProject({
    files: ['/p/compose.yaml'],
    port,
    environment: {},
    workingDirectory: '/p',
    profiles: ['*'],
  });
  const compiled =
    loaded.project === undefined || !loaded.ok
      ? []
      : compile({
          project: loaded.project,
          positions: loaded.positions,
          directory: loaded.directory,
          files: port,
          target: { namespace: 'ushadow', ...target },
          options,
          ...input,
        }).diagnostics;
  return [...loaded.diagnostics, ...compiled]
    .filter(({ severity }) => severity !== 'info')
    .map(
      ({ severity, code, message, remedy, position }) =>
        `${severity} ${code} ${position?.line ?? '-'}:${position?.column ?? '-'} ${message} ${remedy}`,
    );
}

const service = (body: string): string => `services:\n  web:\n    image: nginx\n${body.replace(/^/gm, '    ')}\n`;

describe('bad input gets its own exact finding, and never a crash', () => {
  it('bind source that is not there', () => {
    expect(findings(service('volumes: ["./gone:/x"]'))).toEqual([
      'warning CMP0901 4:15 "/p/gone", which service "web" mounts at "/x", is not there; an empty volume is mounted instead. Create the file or folder before compiling, or use a named volume.',
    ]);
  });

  it('image that no registry can have', () => {
    expect(findings('services:\n  web:\n    image: "Bad Image:"\n')).toEqual([
      'warning CMP0202 3:12 Service "web" names the image "Bad Image:", which no registry can have. Write it as [registry/]name[:tag][@digest], the name in lower case.',
    ]);
  });

  it('port published twice', () => {
    const text = 'services:\n  a: { image: "a:1", ports: ["80:80"] }\n  b: { image: "b:1", ports: ["80:8080"] }\n';
    expect(findings(text)).toEqual([
      'warning CMP0401 3:30 Services "a" and "b" both publish port 80/tcp, which Compose would refuse to start. Publish different ports. In the cluster each service has its own address, so both work there.',
    ]);
  });

  it('service that is only built', () => {
    expect(findings('services:\n  web:\n    build: .\n', { files: { '/p/Dockerfile': 'FROM scratch' } })).toEqual([
      'warning CMP0203 3:12 Service "web" is built and names no image; the cluster is told to pull "web". Build and push the image, and name it with "image:" or set a prefix for built images.',
    ]);
    expect(
      findings('services:\n  web:\n    build: .\n', { target: { images: { prefix: 'registry.example/' } } }),
    ).toEqual([]);
  });

  it('name with an underscore, and name that is too long', () => {
    expect(findings('services:\n  my_web:\n    image: nginx\n')).toEqual([
      'warning CMP0102 3:5 Service "my_web" is called "my-web" in the cluster: Kubernetes allows letters, digits and hyphens, a letter first and at most 63 characters. Services that call "my_web" by name must call "my-web"; or rename the service.',
    ]);
    const long = 'x'.repeat(70);
    const [finding] = findings(`services:\n  ${long}:\n    image: nginx\n`);
    expect(finding).toMatch(/^warning CMP0102 3:5 Service "x{70}" is called "x{54}-[0-9a-f]{8}" in the cluster/);
  });

  it('host path that the policy forbids', () => {
    const text = service('volumes: ["/var/run/docker.sock:/var/run/docker.sock"]');
    expect(findings(text, { target: { policies: { pods: { hostPaths: ['/dev'] } } } })).toEqual([
      'error CMP0911 4:15 Service "web" mounts "/var/run/docker.sock" of the node, which is not allowed here. Remove the mount, or have the path allowed by whoever runs this installation.',
    ]);
    expect(findings(text, { target: { policies: { pods: { hostPaths: ['/var/run'] } } } })[0]).toMatch(
      /^warning CMP0912/,
    );
  });

  it('limit below the reservation', () => {
    const text = service('deploy: { resources: { limits: { memory: 10M }, reservations: { memory: 20M } } }');
    expect(findings(text)).toEqual([
      'warning CMP0801 4:26 Service "web" reserves 20Mi of memory but is limited to 10Mi; it gets the limit. Lower the reservation or raise the limit.',
    ]);
  });

  it('config or secret whose file is not there', () => {
    const text = `${service('secrets: [token]')}secrets:\n  token: { file: ./gone.txt }\n`;
    expect(findings(text)).toEqual([
      'warning CMP0924 6:10 The content of secret "token" is in "/p/gone.txt", which cannot be read; it is empty. Create the file.',
    ]);
  });

  it('namespace and service that cannot be', () => {
    const text = service('');
    expect(findings(text, { target: { namespace: 'Not_Valid' } })[0]).toBe(
      'error CMP0107 1:1 "Not_Valid" cannot be a namespace. Use lower-case letters, digits and hyphens, at most 63 characters.',
    );
    expect(findings(text, { input: { services: ['other'] } })).toEqual([
      'error CMP0106 1:1 There is no service "other" in the project. Name a service of the project.',
    ]);
  });

  it('services that wait for each other, before or in the compiler', () => {
    const text = 'services:\n  a: { image: a, depends_on: [b] }\n  b: { image: b, depends_on: [a] }\n';
    expect(findings(text).join('\n')).toMatch(/^error CPS\d{4} .*circ|cycle/i);
  });

  it('patch that fits nothing, and patch that the API would refuse', () => {
    expect(findings(service('x-k8s: { Ingress: { spec: {} } }'))).toEqual([
      'error CMP1111 4:23 No object fits "Ingress" of x-k8s. Name a kind that is made for the service, or KIND/NAME.',
    ]);
    expect(findings(service('x-k8s: { Deployment: { spec: { replicas: many } } }')).join()).toMatch(
      /^error CMP1201 4:26 Deployment\/ushadow\/web at \/spec\/replicas: /,
    );
  });

  it('strict makes warnings errors', () => {
    expect(findings(service('ulimits: { nofile: 1 }'), { options: { strict: true } })[0]).toMatch(/^error CMP1001/);
  });
});
