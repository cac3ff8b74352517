import { knownImage } from '../images/known-images.ts';
import type { PlannedService } from '../model/plan.ts';
import { accountNumber, userNumbers } from '../names/user-numbers.ts';
import { isKept } from '../storage/file-mode.ts';
import { isSysctl } from './security.ts';
import type { Draft, DraftRecord } from './sourced.ts';
import { filled, from, some } from './sourced.ts';

/** What the containers of a pod share with each other and with the machine. */
export function emitPodSecurity(planned: PlannedService, services: readonly PlannedService[]): DraftRecord {
  const { security, path } = planned.service;
  const at = (key: string, value: Draft): Draft => (value === undefined ? undefined : from(`${path}/${key}`, value));
  const shared = services.some(({ service }) => /^(service|container):/.test(service.security.pid ?? ''));
  return {
    hostPID: at('pid', security.pid === 'host' ? true : undefined),
    hostIPC: at('ipc', security.ipc === 'host' ? true : undefined),
    hostUsers: at(
      'userns_mode',
      security.userNamespace === undefined || security.userNamespace === ''
        ? undefined
        : security.userNamespace === 'host',
    ),
    shareProcessNamespace: shared ? true : undefined,
    securityContext: filled({
      fsGroup: fileGroup(planned, services),
      fsGroupChangePolicy:
        fileGroup(planned, services) === undefined || planned.settings.fsGroup !== undefined
          ? undefined
          : 'OnRootMismatch',
      supplementalGroups: at('group_add', some(groupNumbers(security.groups))),
      sysctls: at(
        'sysctls',
        some(
          Object.entries(security.sysctls)
            .filter(([name]) => isSysctl(name))
            .sort()
            .map(([name, value]) => ({ name, value: String(value) })),
        ),
      ),
    }),
  };
}

function groupNumbers(groups: readonly string[]): readonly number[] {
  return [...new Set(groups.map(accountNumber).filter((group) => group !== undefined))];
}

/** The group that owns volumes: asked for, or the one of the user that must write them, or read files that are kept. */
function fileGroup(planned: PlannedService, services: readonly PlannedService[]): number | undefined {
  if (planned.settings.fsGroup !== undefined) return planned.settings.fsGroup;
  const writer = services.find(({ mounts }) =>
    mounts.some(({ source, readOnly }) => source.kind === 'store' && !readOnly),
  );
  const reader = services.find((item) => readsKeptFiles(item) && groupOf(item) !== undefined);
  const written = writer === undefined ? undefined : (groupOf(writer) ?? imageGroup(writer));
  return written ?? (reader === undefined ? undefined : groupOf(reader));
}

/** A group that the user of the service is given; root needs none. */
function groupOf({ service }: PlannedService): number | undefined {
  const [uid, gid] = userNumbers(service.security.user);
  return uid === 0 ? undefined : [gid, uid].find((number) => number !== undefined && number !== 0);
}

function imageGroup({ service, image }: PlannedService): number | undefined {
  return service.security.user === undefined ? knownImage(image)?.group : undefined;
}

function readsKeptFiles({ mounts }: PlannedService): boolean {
  return mounts.some(
    ({ source }) =>
      source.kind === 'files' &&
      source.parts.some(({ items }) => items.some(({ mode }) => mode !== undefined && isKept(mode))),
  );
}
