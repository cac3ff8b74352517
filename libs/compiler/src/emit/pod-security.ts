import { knownImage } from '../images/known-images.ts';
import type { PlannedService } from '../model/plan.ts';
import { isSysctl, isUserNumber, numericUser } from './security.ts';
import type { Draft, DraftRecord } from './sourced.ts';
import { filled, from } from './sourced.ts';

/** What the containers of a pod share with each other and with the machine. */
export function emitPodSecurity(planned: PlannedService, services: readonly PlannedService[]): DraftRecord {
  const { security, path } = planned.service;
  // The processes of the machine are everybody's already, and the API takes only one of the two.
  const ofNode = services.some(({ service }) => service.security.pid === 'host');
  const shared = !ofNode && services.some(({ service }) => /^(service|container):/.test(service.security.pid ?? ''));
  const group = fileGroup(planned, services);
  const asked = services.some(({ settings }) => settings.fsGroup !== undefined);
  return {
    hostPID: ofMachine('pid', services),
    hostIPC: ofMachine('ipc', services),
    hostUsers:
      security.userNamespace === undefined || security.userNamespace === ''
        ? undefined
        : from(`${path}/userns_mode`, security.userNamespace === 'host'),
    shareProcessNamespace: shared ? true : undefined,
    securityContext: filled({
      fsGroup: group,
      fsGroupChangePolicy: group === undefined || asked ? undefined : 'OnRootMismatch',
      supplementalGroups: groups(services),
      sysctls: sysctls(services),
    }),
  };
}

/** The pod is the machine's where one of its containers has to be. */
function ofMachine(key: 'pid' | 'ipc', services: readonly PlannedService[]): Draft {
  const found = services.find(({ service }) => service.security[key] === 'host');
  return found === undefined ? undefined : from(`${found.service.path}/${key}`, true);
}

function groups(services: readonly PlannedService[]): Draft {
  const asking = services.filter(({ service }) => service.security.groups.some(isUserNumber));
  const all = asking.flatMap(({ service }) => service.security.groups.filter(isUserNumber).map(Number));
  return all.length === 0 ? undefined : from(`${asking[0]?.service.path ?? ''}/group_add`, [...new Set(all)]);
}

function sysctls(services: readonly PlannedService[]): Draft {
  const asking = services.filter(({ service }) => Object.keys(service.security.sysctls).some(isSysctl));
  const all = new Map(asking.flatMap(({ service }) => Object.entries(service.security.sysctls)));
  const list = [...all].filter(([name]) => isSysctl(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  if (list.length === 0) return undefined;
  return from(
    `${asking[0]?.service.path ?? ''}/sysctls`,
    list.map(([name, value]) => ({ name, value: String(value) })),
  );
}

/** The group that owns volumes: asked for, or the one of the user that must write them. */
function fileGroup(planned: PlannedService, services: readonly PlannedService[]): number | undefined {
  const asked = [planned, ...services].find(({ settings }) => settings.fsGroup !== undefined)?.settings.fsGroup;
  if (asked !== undefined) return asked;
  const writer = services.find(({ mounts }) =>
    mounts.some(({ source, readOnly }) => source.kind === 'store' && !readOnly),
  );
  if (writer === undefined) return undefined;
  const [uid, gid] = numericUser(writer.service.security.user);
  const group =
    gid ?? uid ?? (writer.service.security.user === undefined ? knownImage(writer.image)?.group : undefined);
  return group === 0 ? undefined : group;
}
