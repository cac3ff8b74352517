import { knownImage } from '../images/known-images.ts';
import type { PlannedService } from '../model/plan.ts';
import { isSysctl, isUserNumber, numericUser } from './security.ts';
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
      supplementalGroups: at('group_add', some(security.groups.filter(isUserNumber).map(Number))),
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

/** The group that owns volumes: asked for, or the one of the user that must write them. */
function fileGroup(planned: PlannedService, services: readonly PlannedService[]): number | undefined {
  if (planned.settings.fsGroup !== undefined) return planned.settings.fsGroup;
  const writer = services.find(({ mounts }) =>
    mounts.some(({ source, readOnly }) => source.kind === 'store' && !readOnly),
  );
  if (writer === undefined) return undefined;
  const [uid, gid] = numericUser(writer.service.security.user);
  const group =
    gid ?? uid ?? (writer.service.security.user === undefined ? knownImage(writer.image)?.group : undefined);
  return group === 0 ? undefined : group;
}
