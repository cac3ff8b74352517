import { createHash } from 'node:crypto';
import { compile, type CompileResult, type RouteTarget } from '@ushadow/compiler';
import { loadProject, MemoryFilePort, type Diagnostic } from '@ushadow/compose';
import {
  addressText,
  importTemplate,
  type ImportedTemplate,
  type ImportOptions,
  type TemplateInput,
} from '../src/index.ts';

/** Bytes that are the same for every run. */
export function fixedBytes(seed = 'seed'): ImportOptions['randomBytes'] {
  let count = 0;
  return (length) => {
    const blocks: Buffer[] = [];
    while (blocks.length * 32 < length)
      blocks.push(
        createHash('sha256')
          .update(`${seed} ${String((count += 1))}`)
          .digest(),
      );
    return Uint8Array.from(Buffer.concat(blocks).subarray(0, length));
  };
}

export const NOW = Date.UTC(2026, 0, 1);

export function imported(input: TemplateInput, options: Partial<ImportOptions> = {}): ImportedTemplate {
  return importTemplate(input, { randomBytes: fixedBytes(), now: NOW, domain: 'shop.example.org', ...options });
}

/** One Compose file of Coolify's. */
export function coolify(text: string, options: Partial<ImportOptions> = {}): ImportedTemplate {
  return imported({ name: 'demo', files: { 'demo.yaml': text } }, options);
}

/** A Compose file with a template beside it. */
export function dokploy(compose: string, template: string, options: Partial<ImportOptions> = {}): ImportedTemplate {
  return imported({ name: 'demo', files: { 'docker-compose.yml': compose, 'template.toml': template } }, options);
}

/** `severity CODE line:column: message` */
export function said({ findings }: Pick<ImportedTemplate, 'findings'>): readonly string[] {
  return findings.map(lineOf);
}

export function lineOf({ severity, code, message, position }: Diagnostic): string {
  const place = position === undefined ? '' : ` ${position.file}:${String(position.line)}:${String(position.column)}`;
  return `${severity} ${code}${place}: ${message}`;
}

export interface Compiled {
  readonly result?: CompileResult;
  readonly diagnostics: readonly Diagnostic[];
  readonly services: Readonly<Record<string, { readonly environment?: Readonly<Record<string, string | null>> }>>;
}

/** Where it would go. */
export interface Place {
  readonly namespace?: string;
  readonly routes?: RouteTarget;
}

/** The project of a template, loaded and compiled as it would be deployed. */
export function compiled(
  { files, values, info, public: addresses }: ImportedTemplate,
  { namespace = 'held', routes = { kind: 'ingress', className: 'public' } }: Place = {},
): Compiled {
  const folder = `/${info.name.toLowerCase().replace(/[^a-z0-9]+/g, '-') || 'demo'}`;
  const port = new MemoryFilePort(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text])),
  );
  const environment = Object.fromEntries(values.map(({ name, value }) => [name, value]));
  const loaded = loadProject({ files: [], port, environment, workingDirectory: folder, placeholder: '1' });
  const services = (loaded.project?.services ?? {}) as Compiled['services'];
  // Whoever deploys is asked for what the template requires and nobody can generate.
  const found = loaded.diagnostics.filter(({ code }) => code !== 'CPS0202');
  if (loaded.project === undefined || found.some(({ severity }) => severity === 'error'))
    return { diagnostics: found, services };
  const result = compile({
    project: loaded.project,
    positions: loaded.positions,
    directory: loaded.directory,
    declared: loaded.declaredEnvironment,
    variables: loaded.interpolationEnvironment,
    templates: loaded.templates,
    files: port,
    target: { namespace, routes },
    specs: specsOf(addresses),
    options: {},
  });
  return { result, diagnostics: [...found, ...result.diagnostics], services };
}

/** As the command line says it. */
function specsOf(addresses: ImportedTemplate['public']): Readonly<Record<string, { publicAt: readonly string[] }>> {
  const specs: Record<string, { publicAt: string[] }> = {};
  for (const address of addresses) {
    const { service } = address;
    specs[service] = { publicAt: [...(specs[service]?.publicAt ?? []), addressText(address)] };
  }
  return specs;
}
