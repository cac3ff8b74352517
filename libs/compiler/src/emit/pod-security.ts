import { knownImage } from '../images/known-images.ts';
import type { DesignedService } from '../model/design.ts';
import { recipeGroup } from '../images/recipe-user.ts';
import { accountNumber, userNumbers } from '../names/user-numbers.ts';
import { isKept } from '../storage/file-mode.ts';
import { isSysctl } from './security.ts';
import type { Draft, DraftRecord } from './sourced.ts';
import { filled, from } from './sourced.ts';

/** What the containers of a pod share with each other and with the machine. */
export function emitPodSecurity(designed: DesignedService, services: readonly DesignedService[]): DraftRecord {
  const { security, path } = designed.service;
  // The processes of the machine are everybody's already, and the API takes only one of the two.
  const ofNode = services.some(({ service }) => service.security.pid === 'host');
  const shared = !ofNode && services.some(({ service }) => /^(service|container):/.test(service.security.pid ?? ''));
  const group = fileGroup(designed, services);
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
function ofMachine(key: 'pid' | 'ipc', services: readonly DesignedService[]): Draft {
  const found = services.find(({ service }) => service.security[key] === 'host');
  return found === undefined ? undefined : from(`${found.service.path}/${key}`, true);
}

function groups(services: readonly DesignedService[]): Draft {
  const numbers = ({ service }: DesignedService): readonly number[] =>
    service.security.groups.map(accountNumber).filter((group) => group !== undefined);
  const asking = services.filter((each) => numbers(each).length > 0);
  const all = asking.flatMap(numbers);
  return all.length === 0 ? undefined : from(`${asking[0]?.service.path ?? ''}/group_add`, [...new Set(all)]);
}

function sysctls(services: readonly DesignedService[]): Draft {
  const asking = services.filter(({ service }) => Object.keys(service.security.sysctls).some(isSysctl));
  const all = new Map(asking.flatMap(({ service }) => Object.entries(service.security.sysctls)));
  const list = [...all].filter(([name]) => isSysctl(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  if (list.length === 0) return undefined;
  return from(
    `${asking[0]?.service.path ?? ''}/sysctls`,
    list.map(([name, value]) => ({ name, value: String(value) })),
  );
}

/**
 * The group that owns volumes: asked for, or the one of the user that must write them, or read files that are kept. Who only
 * reads what is copied in from his image writes it first.
 */
function fileGroup(designed: DesignedService, services: readonly DesignedService[]): number | undefined {
  const asked = [designed, ...services].find(({ settings }) => settings.fsGroup !== undefined)?.settings.fsGroup;
  if (asked !== undefined) return asked;
  const writers = services.filter(({ mounts }) =>
    mounts.some(({ source, readOnly, filled: isFilled }) => source.kind === 'store' && (!readOnly || isFilled)),
  );
  const reader = services.find((item) => readsKeptFiles(item) && groupOf(item) !== undefined);
  const written = writers.map((writer) => groupOf(writer) ?? imageGroup(writer)).find((group) => group !== undefined);
  return written ?? (reader === undefined ? undefined : groupOf(reader));
}

/** A group that the user of the service is given; root needs none. */
function groupOf({ service }: DesignedService): number | undefined {
  const [uid, gid] = userNumbers(service.security.user);
  return uid === 0 ? undefined : [gid, uid].find((number) => number !== undefined && number !== 0);
}

/** Of the image, as far as the Dockerfile or the name tell: a user by name is left to it. */
function imageGroup({ service, image, recipe }: DesignedService): number | undefined {
  if (userNumbers(service.security.user)[0] !== undefined) return undefined;
  if (recipe?.user !== undefined) return recipeGroup(recipe);
  return knownImage(recipe?.base ?? image)?.group;
}

function readsKeptFiles({ mounts }: DesignedService): boolean {
  return mounts.some(
    ({ source }) =>
      source.kind === 'files' &&
      source.parts.some(({ items }) => items.some(({ mode }) => mode !== undefined && isKept(mode))),
  );
}
