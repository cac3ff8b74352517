import { utf8Length } from '@ushadow/kubernetes';
import type { Design, DesignedEnvironment, DesignedService } from '../model/design.ts';
import type { Variable } from '../model/app.ts';
import { hashedKey } from '../storage/file-keys.ts';
import type { Pass, PassContext } from './pass.ts';
import { mapServices } from './pass.ts';

const SET_KEY = /^[-._a-zA-Z][-._a-zA-Z0-9]{0,252}$/;
const PRINTABLE = /^[\x20-\x3c\x3e-\x7e]+$/;
const SET_BYTES_MAX = 1_000_000;

/** Divides each environment into what everyone may read and what was judged secret. */
export const splitSecrets: Pass<Design> = {
  name: 'split-secrets',
  run(design, context) {
    return mapServices(design, (designed) => ({ ...designed, environment: splitEnvironment(designed, context) }));
  },
};

function splitEnvironment(designed: DesignedService, context: PassContext): DesignedEnvironment {
  const plain: Variable[] = [];
  const secret: Variable[] = [];
  const inline: DesignedEnvironment['inline'][number][] = [];
  const names = new Set(designed.service.environment.map(({ name }) => name));
  for (const variable of designed.service.environment) {
    const isSecret = variable.secret === true;
    if (!PRINTABLE.test(variable.name)) {
      context.report('CMP0301', variable.path, { service: designed.service.name, variable: variable.name });
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
      context.report('CMP0302', `${designed.service.path}/environment`, { service: designed.service.name, what });
  }
  return { plain, secret, inline };
}
