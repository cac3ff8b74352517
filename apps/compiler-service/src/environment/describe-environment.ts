import type { ServiceEnvironmentData } from '@ushadow/contracts';
import type { ProjectSource } from '../catalog/project-source.ts';
import type { Gathering } from '../projects/gather-project.ts';
import { toContract, type LastEnvironment } from './environment.mapper.ts';
import { gatherEnvironment } from './gather-environment.ts';
import type { Place } from './place.ts';
import { ValueDigest } from './value-digest.ts';
import type { WorkEntry } from './work-entry.ts';

export interface EnvironmentTask {
  readonly source: ProjectSource;
  readonly service: Omit<WorkEntry, 'source'>;
  readonly place: Place | undefined;
  readonly gathering: Gathering;
  readonly last: LastEnvironment;
  /** Why the last deployment could not be asked for. */
  readonly lastUnavailable: string | undefined;
  readonly digestKey: Uint8Array;
}

/** A service's environment as a deployment would get it now; secret values are left out. */
export function describeEnvironment({
  source,
  service,
  gathering,
  digestKey,
  ...described
}: EnvironmentTask): ServiceEnvironmentData {
  const entry = { ...service, source };
  const gathered = gatherEnvironment(source, { entry }, gathering);
  return toContract({ ...described, entry, gathered, digest: new ValueDigest(digestKey) });
}
