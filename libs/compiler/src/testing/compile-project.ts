import type { ComposeProject, ComposeService } from '@ushadow/compose';
import { MemoryFilePort } from '@ushadow/compose';
import type { KubeObject } from '@ushadow/kubernetes';
import { compile } from '../compile.ts';
import type { CompileInput, Target } from '../compile-input.ts';
import type { CompileResult } from '../compile-result.ts';

type LooseService = Partial<ComposeService>;
export type LooseProject = Partial<Omit<ComposeProject, 'services'>> & {
  readonly services: Readonly<Record<string, LooseService>>;
};

/** A canonical project for tests: what Compose fills in is filled in. */
export function projectOf({ services, ...rest }: LooseProject): ComposeProject {
  const full = Object.entries(services).map(([name, service]) => [
    name,
    { image: 'app:1', command: null, entrypoint: null, ...service },
  ]);
  return {
    name: 'demo',
    disabledServices: {},
    networks: {},
    volumes: {},
    configs: {},
    secrets: {},
    models: {},
    ...rest,
    services: Object.fromEntries(full) as Record<string, ComposeService>,
  };
}

type Rest = Partial<Omit<CompileInput, 'project' | 'files' | 'target'>> & {
  readonly target?: Partial<Target>;
  readonly files?: Readonly<Record<string, string>>;
};

export function compileProject(project: LooseProject, rest: Rest = {}): CompileResult {
  const { files, target, ...input } = rest;
  return compile({
    project: projectOf(project),
    positions: { at: () => undefined },
    files: new MemoryFilePort(files ?? {}),
    target: { namespace: 'ushadow', ...target },
    ...input,
  });
}

export function objectOf(result: CompileResult, kind: string, name: string): KubeObject | undefined {
  return result.objects.find((object) => object.kind === kind && object.metadata.name === name);
}

/** `code path` of every finding. */
export function codesOf(result: CompileResult): readonly string[] {
  return result.diagnostics.map(({ code, path }) => `${code} ${path}`);
}
