import { loadProject, MemoryFilePort } from '@ushadow/compose';
import { isJsonObject, valueAt } from '@ushadow/kubernetes';
import type { JsonObject, JsonValue, KubeObject } from '@ushadow/kubernetes';
import { compile } from '../../src/compile.ts';
import type { CompileInput } from '../../src/compile-input.ts';

export interface CompiledText {
  readonly objects: readonly KubeObject[];
  readonly ok: boolean;
  /** By volume and bound folder. */
  readonly claims: Readonly<Record<string, string>>;
  /** `severity CODE path`, of loader and compiler. */
  readonly findings: readonly string[];
  readonly messages: string;
  /** `kind name`s of all objects. */
  readonly names: readonly string[];
  /** What stands at a path of an object; the object has to be there. */
  at(kind: string, name: string, ...path: (string | number)[]): JsonValue | undefined;
  /** The pod specification of a workload. */
  pod(name: string): JsonObject;
}

const FOLDER = '/home/demo';

/** A Compose file and the files beside it, compiled as the command line does it. */
export function compileText(
  text: string,
  files: Readonly<Record<string, string>> = {},
  more: Partial<CompileInput> = {},
): CompiledText {
  const beside = Object.entries(files).map(([path, content]) => [`${FOLDER}/${path}`, content] as const);
  const port = new MemoryFilePort({ [`${FOLDER}/compose.yaml`]: text, ...Object.fromEntries(beside) });
  const loaded = loadProject({ files: [`${FOLDER}/compose.yaml`], port, environment: {}, workingDirectory: FOLDER });
  if (loaded.project === undefined) throw new Error(JSON.stringify(loaded.diagnostics));
  const { project, positions, declaredEnvironment: declared, interpolationEnvironment: variables } = loaded;
  const target = { namespace: 'held', ...more.target };
  const result = compile({ project, positions, declared, variables, files: port, ...more, target });
  const diagnostics = [...loaded.diagnostics, ...result.diagnostics];
  const find = (kinds: readonly string[], name: string): KubeObject => {
    const found = result.objects.find(({ kind, metadata }) => kinds.includes(kind) && metadata.name === name);
    if (found === undefined) throw new Error(`no ${kinds.join(' or ')} ${name}`);
    return found;
  };
  return {
    objects: result.objects,
    ok: loaded.ok && result.ok,
    claims: result.claims,
    findings: diagnostics.map(({ severity, code, path }) => `${severity} ${code} ${path}`),
    messages: diagnostics.map(({ message }) => message).join('\n'),
    names: result.objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    at: (kind, name, ...path) => valueAt(find([kind], name), path),
    pod: (name) => {
      const spec = valueAt(find(WORKLOADS, name), ['spec', 'template', 'spec']);
      return isJsonObject(spec) ? spec : {};
    },
  };
}

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'];
