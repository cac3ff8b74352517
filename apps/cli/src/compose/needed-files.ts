import {
  jsonPointer,
  type ComposeConfig,
  type ComposeProject,
  type ComposeSecret,
  type ComposeService,
  type LoadResult,
} from '@ushadow/compose';
import { resolve } from 'node:path';

/** Something of the disk that a project refers to. */
export interface Needed {
  readonly source: string;
  /**
   * `files`: read by whoever loads the project. `grant`: a config or secret. `mount`: bound, file or folder. `recipe`: a
   * Dockerfile, which says more of an image where it lies in the folder, and is missed nowhere.
   */
  readonly as: 'files' | 'grant' | 'mount' | 'recipe';
  /** For people: what it is. */
  readonly kind: string;
  /** Pointer to where it is referred to. */
  readonly path: string;
  /** Nobody minds when it is not there. */
  readonly optional: boolean;
}

/**
 * All that a project needs of this disk, of every service, whatever profile is active: compiling sees all of them.
 * `valueFiles`: their values are sent, not the files.
 */
export function neededFiles(
  { project, filesRead }: Pick<LoadResult, 'project' | 'filesRead'>,
  valueFiles: ReadonlySet<string>,
): readonly Needed[] {
  if (project === undefined) return [];
  const read = filesRead.filter((file) => !valueFiles.has(file));
  const off = Object.entries(project.disabledServices);
  return [
    ...read.map((source) => ({ source, as: 'files', kind: 'file', path: '', optional: false }) as const),
    ...Object.entries(project.services).flatMap(([name, service]) => ofService(name, service, false)),
    ...off.flatMap(([name, service]) => ofService(name, service, true)),
    ...granted(project),
    ...ofVolumes(project),
  ];
}

function ofService(name: string, service: ComposeService, disabled: boolean): Needed[] {
  const at = (...rest: readonly (string | number)[]): string => jsonPointer(['services', name, ...rest]);
  const envFiles = (service.env_file ?? []).map(({ path, required }, index) => ({
    source: path,
    as: 'files' as const,
    kind: 'env file',
    path: at('env_file', index),
    optional: disabled || required === false,
  }));
  const labelFiles = (service.label_file ?? []).map((source, index) => ({
    source,
    as: 'files' as const,
    kind: 'label file',
    path: at('label_file', index),
    optional: disabled,
  }));
  return [...envFiles, ...labelFiles, ...mounts(service, at), ...recipe(service, at)];
}

/** Volumes are filled with what it puts into the image. */
function recipe({ build, volumes = [] }: ComposeService, at: (...rest: readonly string[]) => string): Needed[] {
  if (build?.context === undefined || build.dockerfile_inline !== undefined || volumes.length === 0) return [];
  const source = resolve(build.context, build.dockerfile ?? 'Dockerfile');
  return [{ source, as: 'recipe', kind: 'Dockerfile', path: at('build'), optional: true }];
}

/** Content of these never travels: the label says so. */
const WITHOUT_CONTENT = new Set(['persistentvolumeclaim', 'emptydir', 'hostpath']);

function mounts(service: ComposeService, at: (...rest: readonly (string | number)[]) => string): Needed[] {
  if (WITHOUT_CONTENT.has((service.labels?.['kompose.volume.type'] ?? '').toLowerCase())) return [];
  return (service.volumes ?? []).flatMap(({ type, source }, index) =>
    type !== 'bind' || source === undefined
      ? []
      : [{ source, as: 'mount' as const, kind: 'mounted file', path: at('volumes', index), optional: true }],
  );
}

/** Configs and secrets that a service has. */
function granted(project: ComposeProject): Needed[] {
  const services = Object.values(project.services);
  const all = [...services, ...Object.values(project.disabledServices)];
  return (['configs', 'secrets'] as const).flatMap((section) => {
    const uses = (some: readonly ComposeService[]) =>
      new Set(some.flatMap((service) => (service[section] ?? []).map(({ source }) => source)));
    const [used, active] = [uses(all), uses(services)];
    const named: Readonly<Record<string, ComposeConfig | ComposeSecret>> = project[section];
    return Object.entries(named).flatMap(([name, { file, external }]) =>
      file === undefined || external === true || !used.has(name)
        ? []
        : [
            {
              source: file,
              as: 'grant' as const,
              kind: section.slice(0, -1),
              path: jsonPointer([section, name, 'file']),
              optional: !active.has(name),
            },
          ],
    );
  });
}

/** Volumes that are a folder of the machine by their driver's options. */
function ofVolumes(project: ComposeProject): Needed[] {
  return Object.entries(project.volumes).flatMap(([name, { driver_opts: { o = '', device = '' } = {} }]) =>
    /(^|,)r?bind(,|$)/.test(o) && device.startsWith('/')
      ? [
          {
            source: device,
            as: 'mount' as const,
            kind: 'mounted file',
            path: jsonPointer(['volumes', name, 'driver_opts', 'device']),
            optional: true,
          },
        ]
      : [],
  );
}
