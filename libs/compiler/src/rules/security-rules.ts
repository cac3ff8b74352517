import { isDnsSubdomain, isLabelValue } from '@ushadow/kubernetes';
import { hasOwnUsers, isSysctl, securityOption } from '../emit/security.ts';
import { accountNumber, unknownAccounts } from '../names/user-numbers.ts';
import type { ServiceRule } from './rule.ts';

/** A user by name cannot be told to the kubelet, which wants a number. */
export const namedUser: ServiceRule = ({ service }, { report }) => {
  const { user } = service.security;
  const unknown = unknownAccounts(user);
  if (user !== undefined && unknown.length > 0)
    report('CMP0812', `${service.path}/user`, { service: service.name, user, unknown: unknown.join('" and "') });
};

export const namedGroups: ServiceRule = ({ service }, { report }) => {
  const reportedGroups = new Set(unknownAccounts(service.security.user));
  service.security.groups.forEach((group, index) => {
    if (accountNumber(group) !== undefined || reportedGroups.has(group)) return;
    reportedGroups.add(group);
    report('CMP0813', `${service.path}/group_add/${index}`, { service: service.name, group });
  });
};

export const unknownSysctls: ServiceRule = ({ service }, { report }) => {
  for (const name of Object.keys(service.security.sysctls).filter((key) => !isSysctl(key))) {
    report('CMP0815', `${service.path}/sysctls`, { service: service.name, key: 'sysctls', value: name });
  }
};

export const unknownRuntime: ServiceRule = ({ service }, { report }) => {
  const { runtime } = service.security;
  if (runtime !== undefined && !isDnsSubdomain(runtime)) {
    report('CMP0815', `${service.path}/runtime`, { service: service.name, key: 'runtime', value: runtime });
  }
};

export const unknownPlatform: ServiceRule = ({ service }, { report }) => {
  const { os, architecture } = service.image;
  const wrong = [os, architecture].find((part) => part !== undefined && !isLabelValue(part));
  if (wrong !== undefined)
    report('CMP0815', `${service.path}/platform`, { service: service.name, key: 'platform', value: wrong });
};

export const unknownSecurityOptions: ServiceRule = ({ service }, { report }) => {
  const { options, privileged } = service.security;
  options.forEach((option, index) => {
    const path = `${service.path}/security_opt/${index}`;
    const isOfSystem = /^systempaths[:=]unconfined$/.test(option);
    const harmless = /^(no-new-privileges:false|label[=:]disable)$/.test(option) || (isOfSystem && privileged);
    if (harmless || securityOption(option, { mayEscalate: false, hasOwnUsers: hasOwnUsers(service) }) !== undefined)
      return;
    report(isOfSystem ? 'CMP0970' : 'CMP0814', path, { service: service.name, option });
  });
};

export const sharedMounts: ServiceRule = ({ service, mounts }, { report }) => {
  for (const { propagation, target, path } of mounts) {
    const shared = propagation === 'rshared' || propagation === 'shared';
    if (shared && !service.security.privileged) report('CMP0909', path, { service: service.name, target });
  }
};
