import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { validateObjects } from '@ushadow/kubernetes-schema';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import type { TemplateInput } from '../src/index.ts';
import { EXAMPLES } from './examples.ts';
import { compiled, fixedBytes, imported, lineOf, said } from './imported.ts';

/** Services and ports as the template names them, read as plainly as can be. */
function namedPorts({ files }: TemplateInput): readonly string[] {
  const template = files['template.toml'];
  if (template !== undefined) {
    const { config = {} } = parseToml(template) as { config?: { domains?: { serviceName: string; port: number }[] } };
    return (config.domains ?? []).map(({ serviceName, port }) => `${serviceName}:${String(port)}`);
  }
  const { services } = parseYaml(Object.values(files)[0] ?? '') as {
    services: Record<string, { environment?: unknown }>;
  };
  return Object.entries(services).flatMap(([service, { environment = [] }]) => {
    const lines = Array.isArray(environment) ? environment : Object.keys(environment as object);
    return lines.flatMap((line) => {
      const port = /^SERVICE_(?:URL|FQDN)_[A-Z0-9]+_(\d+)$/.exec(String(line))?.[1];
      return port === undefined ? [] : [`${service}:${port}`];
    });
  });
}

interface Route {
  readonly host: string;
  readonly path: string;
  /** Of the container, behind the Service. */
  readonly port: number;
}

/** Where Ingresses lead to. */
function routesOf(objects: readonly KubeObject[]): readonly Route[] {
  return objects
    .filter(({ kind }) => kind === 'Ingress')
    .flatMap((ingress) => (ingress['spec'] as unknown as IngressSpec).rules)
    .flatMap(({ host, http }) =>
      http.paths.map(({ path, backend }) => ({ host, path, port: portBehind(backend.service, objects) })),
    );
}

interface IngressSpec {
  readonly rules: readonly {
    readonly host: string;
    readonly http: {
      readonly paths: readonly { readonly path: string; readonly backend: { readonly service: Backend } }[];
    };
  }[];
}

interface Backend {
  readonly name: string;
  readonly port: { readonly number?: number; readonly name?: string };
}

interface ServiceSpec {
  readonly ports?: readonly { readonly name?: string; readonly port: number; readonly targetPort?: number | string }[];
}

function portBehind({ name, port }: Backend, objects: readonly KubeObject[]): number {
  const service = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === name);
  const ports = (service?.['spec'] as unknown as ServiceSpec | undefined)?.ports ?? [];
  const found = ports.find((each) => (port.name === undefined ? each.port === port.number : each.name === port.name));
  const target = found?.targetPort ?? found?.port;
  if (typeof target !== 'string') return Number(target);
  const workload = objects.find(
    ({ kind, metadata }) => kind !== 'Service' && kind !== 'Ingress' && metadata.name === name,
  );
  const { containers = [] } = (workload?.['spec'] as unknown as WorkloadSpec | undefined)?.template?.spec ?? {};
  return Number(
    containers.flatMap(({ ports: named = [] }) => named).find((each) => each.name === target)?.containerPort,
  );
}

interface WorkloadSpec {
  readonly template?: {
    readonly spec?: {
      readonly containers?: readonly {
        readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
      }[];
    };
  };
}

(EXAMPLES.length > 0 ? describe : describe.skip)('every template of the fixtures (needs the fixtures folder)', () => {
  const cases = EXAMPLES.map((input) => [input.name, input] as const);

  it.each(cases)('%s becomes a project that compiles to valid objects', (_, input) => {
    const result = imported(input);
    expect(said(result).filter((line) => line.startsWith('error'))).toEqual([]);
    const { diagnostics, result: made } = compiled(result);
    expect(diagnostics.filter(({ severity }) => severity === 'error').map(lineOf)).toEqual([]);
    expect(made?.objects.length).toBeGreaterThan(1);
    expect(validateObjects(made?.objects ?? [], '1.37')).toEqual([]);
  });

  it.each(cases)('%s is reached at the service and the port that it names', (_, input) => {
    const { public: addresses } = imported(input);
    const found = addresses.map(({ service, port }) => `${service}:${String(port)}`);
    expect(found).toEqual(expect.arrayContaining([...namedPorts(input)]));
    expect(addresses[0]?.host).toBe(
      input.name === 'shlink' ? 'web-shop.example.org' : addresses[0] && 'shop.example.org',
    );
    expect(new Set(addresses.map(({ host, path = '' }) => host + path)).size).toBe(addresses.length);
    const routed = routesOf(compiled(imported(input)).result?.objects ?? []);
    for (const { host, port, path = '/' } of addresses)
      expect(routed).toContainEqual({ host, path, port: port ?? (expect.any(Number) as unknown as number) });
  });

  it.each(cases)('%s has strong values of its own, in no file', (_, input) => {
    const result = imported(input);
    const other = imported(input, { randomBytes: fixedBytes('other') });
    const text = JSON.stringify(result.files);
    for (const { name, value, secret, generated } of result.values) {
      if (!generated) continue;
      if (secret) expect(value.length).toBeGreaterThanOrEqual(16);
      expect(text).not.toContain(value);
      expect(other.values.find((each) => each.name === name)?.value).not.toBe(value);
    }
  });
});
