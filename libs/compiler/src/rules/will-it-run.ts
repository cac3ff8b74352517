import { isDnsSubdomain, isLabelValue } from '@ushadow/kubernetes';
import { isCleared } from '../emit/container.ts';
import type { ServiceRule } from './rule.ts';

/** Kubernetes keeps the entry point and the command of the image unless it is told others. */
export const clearedCommand: ServiceRule = ({ service }, { report }) => {
  const { entrypoint, command } = service.process;
  const bare = command === undefined || command.length === 0;
  if (entrypoint !== undefined && isCleared(entrypoint) && bare)
    report('CMP0508', `${service.path}/entrypoint`, { service: service.name, key: 'entrypoint' });
  else if (entrypoint === undefined && command?.length === 0)
    report('CMP0508', `${service.path}/command`, { service: service.name, key: 'command' });
};

/** Images that Compose takes from the machine and the cluster does not have. */
export const imageOfTheMachine: ServiceRule = ({ service, settings, image }, { report }) => {
  const { pull, alwaysBuilt, reference } = service.image;
  const path = `${service.path}/pull_policy`;
  if (settings.pullPolicy !== undefined) return;
  if (pull === 'never') report('CMP0204', path, { service: service.name, image });
  else if (alwaysBuilt && reference !== undefined) report('CMP0205', path, { service: service.name, image });
};

/** What a node has to have before the pod can run there. */
export const needsOfTheNode: ServiceRule = ({ service }, { report }) => {
  const { runtime, options } = service.security;
  const need = (key: string, what: string): void =>
    report('CMP0816', `${service.path}/${key}`, { service: service.name, key, what });
  if (runtime !== undefined && isDnsSubdomain(runtime) && !/^(runc|io\.containerd\.runc\.v2)$/.test(runtime))
    need('runtime', `the RuntimeClass "${runtime}"`);
  const { architecture } = service.image;
  if (architecture !== undefined && architecture !== 'amd64' && isLabelValue(architecture))
    need('platform', `nodes with "${architecture}"`);
  options.forEach((option, index) => {
    const [, profile] = /^apparmor[:=](.+)$/.exec(option) ?? [];
    if (profile !== undefined && profile !== 'unconfined')
      need(`security_opt/${index}`, `the AppArmor profile "${profile}" on its nodes`);
  });
};
