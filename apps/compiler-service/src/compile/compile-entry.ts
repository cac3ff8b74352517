import { compile, type CompileResult, type DeploymentSpec } from '@ushadow/compiler';
import type { Diagnostic, PositionIndex } from '@ushadow/compose';
import { DiskFilePort } from '@ushadow/compose-files';
import { DomainError, type DeploymentSpecData } from '@ushadow/contracts';
import type { Catalog, CatalogEntry } from '../catalog/catalog.ts';
import { notDeployable } from '../catalog/not-deployable.ts';
import { toDiagnostic } from '../catalog/to-diagnostic.ts';
import { toDeploymentSpec } from './to-deployment-spec.ts';

export interface CompileRequest {
  readonly serviceId: string;
  readonly namespace: string;
  readonly spec: DeploymentSpecData | undefined;
  readonly nodeName: string | undefined;
  /** Values typed by the user, by variable of the container. */
  readonly environment: Readonly<Record<string, string>> | undefined;
  readonly pullSecrets?: readonly string[] | undefined;
}

export interface CompiledEntry {
  readonly entry: CatalogEntry;
  /** Of the loader and the compiler together. */
  readonly diagnostics: readonly Diagnostic[];
  readonly result: CompileResult;
}

/** Compiles one service of the catalog, from the file as it is now. Throws SERVICE_NOT_FOUND or COMPILE_FAILED. */
export function compileEntry(catalog: Catalog, request: CompileRequest): CompiledEntry {
  const entry = catalog.find(request.serviceId);
  if (entry === undefined) {
    throw new DomainError('SERVICE_NOT_FOUND', 'not-found', `The catalog has no service ${request.serviceId}.`);
  }
  const loaded = catalog.load(entry);
  if (loaded.project === undefined || !loaded.ok) throw compileFailed(catalog, entry, loaded.diagnostics);
  const problem = notDeployable(entry.service);
  if (problem !== null) throw compileFailed(catalog, entry, [missingImage(entry, problem, loaded.positions)]);
  const spec: DeploymentSpec = toDeploymentSpec(request.spec, request.nodeName);
  const typed = Object.entries(request.environment ?? {}).map(([name, value]) => [name, { value }] as const);
  const result = compile({
    project: loaded.project,
    positions: loaded.positions,
    services: [entry.name],
    specs: { [entry.name]: spec },
    environment: { [entry.name]: Object.fromEntries(typed) },
    declared: loaded.declaredEnvironment,
    variables: loaded.interpolationEnvironment,
    // A Compose file must not carry this machine's files into a cluster, nor a node's files into a pod unasked.
    files: new DiskFilePort({ roots: [catalog.root] }),
    options: {
      namespace: request.namespace,
      serviceIds: { [entry.name]: entry.id },
      hostPaths: { allow: catalog.hostPaths },
      pullSecrets: request.pullSecrets ?? [],
    },
  });
  const diagnostics = [...loaded.diagnostics, ...result.diagnostics];
  if (!result.ok) throw compileFailed(catalog, entry, diagnostics);
  return { entry, diagnostics, result };
}

/** Compiling for files would guess an image; deploying must not. */
function missingImage(entry: CatalogEntry, message: string, positions: PositionIndex): Diagnostic {
  const path = `/services/${entry.name}`;
  const position = positions.at(path);
  const remedy = 'Name an image that the cluster can pull.';
  return {
    code: 'SERVICE_WITHOUT_IMAGE',
    severity: 'error',
    message,
    remedy,
    path,
    ...(position === undefined ? {} : { position }),
  };
}

function compileFailed(catalog: Catalog, entry: CatalogEntry, diagnostics: readonly Diagnostic[]): DomainError {
  const errors = diagnostics
    .filter((found) => found.severity === 'error')
    .map((found) => toDiagnostic(found, catalog.root));
  const [first] = errors;
  const where =
    first?.file === undefined ? entry.source.file : `${first.file}:${String(first.line)}:${String(first.column)}`;
  const more = errors.length > 1 ? ` (and ${String(errors.length - 1)} more)` : '';
  return new DomainError(
    'COMPILE_FAILED',
    'invalid',
    `${entry.name} cannot be compiled: ${where}: ${first?.message ?? 'unknown'}${more}`,
    {
      details: { diagnostics: errors },
    },
  );
}
