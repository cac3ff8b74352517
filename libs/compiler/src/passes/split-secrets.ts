import { own } from '../text/own.ts';
import type { PlannedEnvironment, PlannedService } from '../model/plan.ts';
import type { Variable } from '../model/app.ts';
import { carriesSecret, isRecognisable } from '../sensitive/carried-secrets.ts';
import { classifySensitive } from '../sensitive/classify-sensitive.ts';
import { utf8Length } from '../text/base64.ts';
import { hashedKey } from '../storage/file-keys.ts';
import type { Pass, PassContext } from './pass.ts';
import { mapServices } from './pass.ts';

const SET_KEY = /^[-._a-zA-Z][-._a-zA-Z0-9]{0,252}$/;
const PRINTABLE = /^[\x20-\x3c\x3e-\x7e]+$/;
const SET_BYTES_MAX = 1_000_000;

/** Divides each environment into what everyone may read and what is secret (R25). */
export const splitSecrets: Pass = {
  name: 'split-secrets',
  run(plan, context) {
    const values = new Set(plan.services.flatMap((planned) => secretValues(planned, context)));
    return mapServices(plan, (planned) => ({ ...planned, environment: splitEnvironment(planned, values, context) }));
  },
};

function splitEnvironment(
  planned: PlannedService,
  values: ReadonlySet<string>,
  context: PassContext,
): PlannedEnvironment {
  const own = secretValues(planned, context);
  const plain: Variable[] = [];
  const secret: Variable[] = [];
  const inline: PlannedEnvironment['inline'][number][] = [];
  const names = new Set(planned.service.environment.map(({ name }) => name));
  for (const variable of planned.service.environment) {
    const isSecret = judge(planned.service.name, variable, context) || carries(variable, values, own);
    if (!PRINTABLE.test(variable.name) || variable.value.includes('\0')) {
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

function judge(service: string, variable: Variable, { input }: PassContext): boolean {
  const declared = own(input.declared, service)?.find(({ name }) => name === variable.name);
  const overridden = own(own(input.environment, service), variable.name) !== undefined;
  const variables = overridden ? undefined : declared?.references.map(({ name }) => name);
  return classifySensitive(variable.name, variable.value, {
    ...(variable.secret === undefined ? {} : { secret: variable.secret }),
    ...(variables === undefined ? {} : { variables }),
  }).secret;
}

/** Secret values of a service that are long and odd enough to be recognised inside other values. */
function secretValues({ service }: PlannedService, context: PassContext): readonly string[] {
  return service.environment
    .filter(({ value }) => isRecognisable(value))
    .filter((variable) => judge(service.name, variable, context))
    .map(({ value }) => value);
}

/** The value is a secret of another service, or is built around one of its own. */
function carries(variable: Variable, values: ReadonlySet<string>, own: readonly string[]): boolean {
  if (variable.secret !== undefined) return false;
  return values.has(variable.value) || carriesSecret(variable.value, own);
}
