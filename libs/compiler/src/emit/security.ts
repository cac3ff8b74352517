import type { AppService } from '../model/app.ts';
import { userNumbers } from '../names/user-numbers.ts';
import type { Draft, DraftRecord } from './sourced.ts';
import { filled, from, some } from './sourced.ts';

export function containerSecurity(service: AppService): Draft {
  const { security, path } = service;
  const at = (key: string, value: Draft): Draft => (value === undefined ? undefined : from(`${path}/${key}`, value));
  const [uid, gid] = userNumbers(security.user);
  const privileged = security.privileged || security.devices.some(({ source }) => source.startsWith('/'));
  return filled({
    runAsUser: at('user', uid),
    runAsGroup: at('user', gid),
    privileged: privileged ? from(`${path}/${security.privileged ? 'privileged' : 'devices'}`, true) : undefined,
    readOnlyRootFilesystem: at('read_only', security.readOnlyRoot ? true : undefined),
    capabilities: filled({
      add: at('cap_add', some(security.addCapabilities)),
      drop: at('cap_drop', some(security.dropCapabilities)),
    }),
    ...options(security.options, `${path}/security_opt`, {
      mayEscalate: privileged || security.addCapabilities.includes('SYS_ADMIN'),
      hasOwnUsers: hasOwnUsers(service),
    }),
  });
}

export function isSysctl(name: string): boolean {
  return name.length <= 253 && /^[a-z0-9]([-_a-z0-9]*[a-z0-9])?([./][a-z0-9]([-_a-z0-9]*[a-z0-9])?)*$/.test(name);
}

/** Root in its pod is nobody on the machine. */
export function hasOwnUsers({ security: { userNamespace = '' } }: AppService): boolean {
  return userNamespace !== '' && userNamespace !== 'host';
}

interface Rights {
  readonly mayEscalate: boolean;
  readonly hasOwnUsers: boolean;
}

type OptionWriter = (value: string, rights: Rights) => DraftRecord | undefined;

/** `security_opt` entries by name; a writer gives nothing for what has no field. */
const OPTIONS: Readonly<Record<string, OptionWriter>> = {
  // The API server refuses the two together.
  'no-new-privileges': (value, { mayEscalate }) =>
    value === 'false' || mayEscalate ? undefined : { allowPrivilegeEscalation: false },
  seccomp: (value) => (value === 'unconfined' ? { seccompProfile: { type: 'Unconfined' } } : undefined),
  apparmor: (value) => ({
    appArmorProfile: value === 'unconfined' ? { type: 'Unconfined' } : { type: 'Localhost', localhostProfile: value },
  }),
  // The API server takes it of no other pod.
  systempaths: (value, { hasOwnUsers: own }) => (value === 'unconfined' && own ? { procMount: 'Unmasked' } : undefined),
};

export function securityOption(text: string, rights: Rights): DraftRecord | undefined {
  const [, name = '', value = ''] = /^([a-z-]+)(?:[:=](.*))?$/.exec(text) ?? [];
  if (name === 'label') {
    const [key = '', level = ''] = value.split(':');
    return /^(user|role|type|level)$/.test(key) ? { seLinuxOptions: { [key]: level } } : undefined;
  }
  return Object.hasOwn(OPTIONS, name) ? OPTIONS[name]?.(value, rights) : undefined;
}

function options(texts: readonly string[], path: string, rights: Rights): DraftRecord {
  const fields = Object.assign({}, ...texts.map((text) => securityOption(text, rights))) as DraftRecord;
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, from(path, value)]));
}
