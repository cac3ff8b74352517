import { isSafeSysctl, own } from '@ushadow/kubernetes';
import type { ComposeService } from '@ushadow/compose';
import type { CompileInput } from '../compile-input.ts';
import { isSysctl } from '../emit/security.ts';
import { copiesOf } from '../storage/copies.ts';
import type { ServiceRule } from './rule.ts';

function writtenOf(name: string, { project }: CompileInput): ComposeService | undefined {
  return own(project.services, name) ?? own(project.disabledServices, name);
}

/** Docker's model runner tells a service by variables where a model is and what it is called. */
export const modelsOfDocker: ServiceRule = ({ service }, { input, report }) => {
  const written = writtenOf(service.name, input);
  const set = new Set(service.environment.map(({ name }) => name));
  for (const [model, grant] of Object.entries(written?.models ?? {})) {
    const prefix = model.toUpperCase().replaceAll('-', '_');
    const wanted = [grant?.endpoint_var || `${prefix}_URL`, grant?.model_var || `${prefix}_MODEL`];
    const missing = wanted.filter((name) => !set.has(name));
    const variables = missing.join(' and ');
    if (missing.length > 0)
      report('CMP1220', `${service.path}/models/${model}`, { service: service.name, model, variables });
  }
};

/** Under Compose a step runs once for all replicas, unless it says otherwise; in a cluster before each. */
export const stepsOfAllReplicas: ServiceRule = (designed, { input, report }) => {
  const { service } = designed;
  const written = writtenOf(service.name, input);
  const index = (written?.pre_start ?? []).findIndex((step) => step.per_replica !== true);
  if (index >= 0 && copiesOf(designed) === 'many')
    report('CMP1221', `${service.path}/pre_start/${index}`, { service: service.name });
};

/** What a pod's scratch space does as well: everybody may write there, nothing else is promised. */
const SAME_MODES = /^0*1?777$/;
const KEPT_OPTIONS = /^(size=.*|rw|ro|noexec|exec|nosuid|suid|nodev|dev|noatime|)$/;

/** Scratch space in memory that is to belong to somebody, or be closed to others. */
export const scratchOfSomebody: ServiceRule = ({ service }, { input, report }) => {
  const written = writtenOf(service.name, input);
  const reportLost = (path: string, target: string, options: readonly string[]): void => {
    if (options.length > 0)
      report('CMP1222', `${service.path}/${path}`, { service: service.name, target, options: options.join(', ') });
  };
  (written?.tmpfs ?? []).forEach((text, index) => {
    const [target = '', options = ''] = text.split(':');
    const lost = options.split(',').filter((option) => {
      const [, mode] = /^mode=(.+)$/.exec(option) ?? [];
      return mode === undefined ? !KEPT_OPTIONS.test(option) : !SAME_MODES.test(mode);
    });
    reportLost(`tmpfs/${index}`, target, lost);
  });
  (written?.volumes ?? []).forEach(({ type, target, tmpfs }, index) => {
    if (type !== 'tmpfs' || tmpfs?.mode === undefined) return;
    const mode = tmpfs.mode.toString(8);
    if (!SAME_MODES.test(mode)) reportLost(`volumes/${index}/tmpfs/mode`, target, [`mode=${mode}`]);
  });
};

/** A kubelet refuses pods that ask for others than the safe ones, unless it was told to allow them. */
export const unsafeSysctls: ServiceRule = ({ service }, { report }) => {
  const unsafe = Object.keys(service.security.sysctls)
    .filter(isSysctl)
    .filter((name) => !isSafeSysctl(name.replaceAll('/', '.')));
  if (unsafe.length > 0)
    report('CMP1223', `${service.path}/sysctls`, { service: service.name, names: unsafe.join(', ') });
};

/** The kubelet knows always, if not present and never. */
export const pulledByAge: ServiceRule = ({ service, settings }, { input, report }) => {
  const policy = writtenOf(service.name, input)?.pull_policy ?? '';
  if (settings.pullPolicy === undefined && /^(refresh|daily|weekly|every_.*)$/.test(policy))
    report('CMP1224', `${service.path}/pull_policy`, { service: service.name, policy });
};
