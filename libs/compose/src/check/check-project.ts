import { jsonPointer } from '../positions.ts';
import type { CheckContext } from './check-context.ts';
import { checkCycles } from './check-cycles.ts';
import { checkReferences } from './check-references.ts';
import { checkService } from './check-service.ts';

/** Rules about the whole project: references, cycles, values that must agree. All findings are reported. */
export function checkProject(context: CheckContext): void {
  for (const [name, service] of Object.entries(context.project.services)) {
    checkService(name, service, context);
    checkReferences(name, service, context);
  }
  checkContainerNames(context);
  checkCycles(context);
  checkSecrets(context);
}

/** Containers of one project share one engine, where a name stands for one of them. */
function checkContainerNames({ project, positions, report }: CheckContext): void {
  const holders = new Map<string, string>();
  for (const [service, { container_name: name }] of Object.entries(project.services)) {
    if (name === undefined) continue;
    const other = holders.get(name);
    if (other === undefined) {
      holders.set(name, service);
      continue;
    }
    const path = jsonPointer(['services', service, 'container_name']);
    report.add('CPS0818', { service, name, other }, path, positions.at(path));
  }
}

/** A secret with a driver but no source passes the earlier check; the reference refuses it all the same. */
function checkSecrets({ project, positions, report }: CheckContext): void {
  for (const [name, secret] of Object.entries(project.secrets)) {
    if (secret.external || secret.file || secret.environment || !secret.driver) continue;
    const keys = ['file', 'environment'];
    const path = `/secrets/${name}`;
    report.add('CPS0812', { kind: 'secret', name, keys }, path, positions.at(path));
  }
}
