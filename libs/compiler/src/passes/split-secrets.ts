import { utf8Length } from '@ushadow/kubernetes';
import type { PlannedEnvironment, PlannedService } from '../model/plan.ts';
import type { Variable } from '../model/app.ts';
import { hashedKey } from '../storage/file-keys.ts';
import type { Pass, PassContext } from './pass.ts';
import { mapServices } from './pass.ts';

const SET_KEY = /^[-._a-zA-Z][-._a-zA-Z0-9]{0,252}$/;
const PRINTABLE = /^[\x20-\x3c\x3e-\x7e]+$/;
const SET_BYTES_MAX = 1_000_000;

/** Divides each environment into what everyone may read and what was judged secret. */
export const splitSecrets: Pass = {
  name: 'split-secrets',
  run(plan, context) {
    return mapServices(plan, (planned) => ({ ...planned, environment: splitEnvironment(planned, context) }));
  },
};

function splitEnvironment(planned: PlannedService, context: PassContext): PlannedEnvironment {
  const plain: Variable[] = [];
  const secret: Variable[] = [];
  const inline: PlannedEnvironment['inline'][number][] = [];
  const names = new Set(planned.service.environment.map(({ name }) => name));
  for (const variable of planned.service.environment) {
    const isSecret = variable.secret === true;
    if (!PRINTABLE.test(variable.name)) {
      context.report('CMP0301', variable.path, { service: planned.service.name, variable: variable.name });
    } else if (!SET_KEY.test(variable.name)) {
      inline.push({ ...variable, fromSecret: isSecret, key: hashedKey('env', variable.name, names) });
    } else (isSecret ? secret : plain).push(variable);
  }
  for (const [set, what] of [
    [plain, 'ConfigMap'],
    [secret, 'Secret'],
  ] as const) {
    const bytes = set.reduce((sum, { name, value }) => sum + utf8Length(name) + utf8Length(value), 0);
    if (bytes > SET_BYTES_MAX)
      context.report('CMP0302', `${planned.service.path}/environment`, { service: planned.service.name, what });
  }
  return { plain, secret, inline };
}
