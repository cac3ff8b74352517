import type { Diagnostic, PortMapping } from '@ushadow/compose';
import type { ProjectData } from '@ushadow/contracts';
import type { CatalogEntry, CatalogProject } from './catalog.ts';
import { notDeployable } from './service-metadata.ts';
import { toDiagnostics } from './to-diagnostic.ts';

/** A project as it is answered. What it needs from its user is no finding: that comes with its variables. */
export function toProject(found: CatalogProject): ProjectData {
  const { source, name, entries, files, digest, diagnostics } = found;
  const active = new Set(found.active);
  return {
    project: source.stem,
    name: name ?? source.stem,
    origin: source.origin,
    file: source.file,
    files: [...files],
    digest,
    profiles: [...new Set(entries.flatMap(({ service }) => service.profiles ?? []))].sort(),
    services: entries.map((entry) => toProjectService(entry, active)),
    diagnostics: toDiagnostics(
      diagnostics.filter((each) => !isUnset(each)),
      source,
    ),
    updated_at: source.updatedAt?.toISOString() ?? null,
  };
}

export function toProjectService(
  { id, name, service, metadata }: CatalogEntry,
  active: ReadonlySet<string>,
): ProjectData['services'][number] {
  const problem = notDeployable(service);
  return {
    service: name,
    service_id: id,
    display_name: metadata.displayName ?? name,
    image: service.image ?? null,
    profiles: [...(service.profiles ?? [])],
    active: active.has(name),
    depends_on: Object.keys(service.depends_on ?? {}).sort(),
    published: (service.ports ?? []).map(portText),
    deployable: problem === null,
    problem,
  };
}

function portText({ host_ip: address, published, target, protocol }: PortMapping): string {
  const place = [address, published].filter((part) => part !== undefined && part !== '');
  return `${[...place, String(target)].join(':')}/${protocol ?? 'tcp'}`;
}

/** A variable without a value. */
function isUnset({ code }: Diagnostic): boolean {
  return code === 'CPS0203';
}
