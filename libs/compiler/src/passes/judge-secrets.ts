import { own } from '@ushadow/kubernetes';
import { substitute, variablesOf } from '@ushadow/compose';
import type { CompileInput } from '../compile-input.ts';
import type { App, AppService, Variable } from '../model/app.ts';
import type { NamedDesign } from '../model/design.ts';
import type { Hook } from '../model/process.ts';
import type { Sensitivity } from '../sensitive/classify-sensitive.ts';
import { classifySensitive } from '../sensitive/classify-sensitive.ts';
import { secretParts, withPlaceholdersForParts } from '../sensitive/secret-parts.ts';
import type { SecretPlaceholders } from '../sensitive/secret-placeholders.ts';
import { hasPlaceholder, withRecognisablePlaced, placeholdersFor } from '../sensitive/secret-placeholders.ts';
import type { SecretReplacer } from '../sensitive/secret-replacer.ts';
import { secretReplacer } from '../sensitive/secret-replacer.ts';
import { readTree } from '../storage/read-tree.ts';
import type { Pass } from './pass.ts';

/**
 * Judges every variable (R25), and puts placeholders in the place of all that is secret, wherever it stands: what decides after
 * this sees none of it.
 */
export const judgeSecrets: Pass<NamedDesign> = {
  name: 'judge-secrets',
  run(design, { input }) {
    const variables = new Map(Object.entries(input.variables ?? {}));
    const judged = design.services.map(({ service }) => judgeService(service, input, variables));
    const ofProject = projectVariables(input);
    const secretNames = new Set(
      ofProject.filter(({ sensitivity }) => sensitivity.secret).map(({ variable }) => variable.name),
    );
    const found = [
      ...ofProject,
      ...defaultsOf(input),
      ...judged.flat().filter((each) => !isExplained(each, secretNames)),
    ].flatMap(partsOf);
    const placeholders = placeholdersFor(
      [...found.filter(({ part }) => !part), ...grantedSecrets(design.app, input), ...found.filter(({ part }) => part)],
      namesOf(design.app),
    );
    const projectValues = new Map([
      ...variables,
      ...ofProject.map(({ variable: { name, value }, sensitivity }): [string, string] => [
        name,
        withPlaceholdersForParts(value, sensitivity, placeholders),
      ]),
    ]);
    const replace = secretReplacer(placeholders, input);
    return {
      ...designWithPlaceholders(design, replace, (index) =>
        variablesWithPlaceholders(judged[index] ?? [], placeholders, projectValues),
      ),
      placeholders,
    };
  },
};

/** What everybody may read, and no variable is written into: how the project and its services are called. */
function namesOf({ name, services }: App): readonly string[] {
  return [name, ...services.map((service) => service.name)];
}

interface Judged {
  readonly variable: Variable;
  readonly sensitivity: Sensitivity;
  /** As written, where its value is what the file gives. */
  readonly template: string | undefined;
}

function judgeService(
  { name, environment }: AppService,
  input: CompileInput,
  variables: ReadonlyMap<string, string>,
): readonly Judged[] {
  const declarations = new Map((own(input.declared, name) ?? []).map((each) => [each.name, each]));
  return environment.map((variable) => {
    const declared = declarations.get(variable.name);
    const overridden = own(own(input.environment, name), variable.name) !== undefined;
    const template = declared?.template ?? undefined;
    const isFilled = template?.includes('$') === true && filled(template, variables) === variable.value;
    const sources = overridden && !isFilled ? undefined : declared?.references.map((each) => each.name);
    const origin = sources === undefined ? {} : { variables: sources };
    const natural = classifySensitive(variable.name, variable.value, origin);
    const marked = variable.secret ?? natural.secret;
    const sensitivity = marked === natural.secret ? natural : { secret: marked, reason: natural.reason };
    return { variable, sensitivity, template: isFilled ? template : undefined };
  });
}

function filled(template: string, variables: ReadonlyMap<string, string>): string | undefined {
  const result = substitute(template, (name) => variables.get(name));
  return 'value' in result ? result.value : undefined;
}

interface Found {
  readonly name: string;
  readonly value: string;
  /** The variable holds more than that. */
  readonly part: boolean;
}

/** The file says itself which part of an address is secret: a variable that is one. */
function isExplained({ template, sensitivity }: Judged, secretNames: ReadonlySet<string>): boolean {
  if (template === undefined || sensitivity.partly !== true) return false;
  return variablesOf(template).some(({ name }) => secretNames.has(name));
}

function partsOf({ variable: { name, value }, sensitivity }: Judged): readonly Found[] {
  return secretParts(value, sensitivity).map((part) => ({ name, value: part, part: part !== value }));
}

/** The variables that the files were filled with. */
function projectVariables({ variables = {}, secretVariables = [], templates = [], declared = {} }: CompileInput) {
  const texts = [...templates, ...Object.values(declared).flat()];
  const names = new Set(texts.flatMap(({ references }) => references.map(({ name }) => name)));
  const marked = new Set(secretVariables);
  return [...names].flatMap((name): readonly Judged[] => {
    const value = own(variables, name);
    if (value === undefined) return [];
    const origin = marked.has(name) ? { secret: true } : {};
    const variable = { name, value, secret: undefined, path: '' };
    return [{ variable, sensitivity: classifySensitive(name, value, origin), template: undefined }];
  });
}

/** What the files give variables that have no value. */
function defaultsOf({ variables = {}, templates = [] }: CompileInput): readonly Judged[] {
  return templates.flatMap(({ references }) =>
    references.flatMap(({ name, kind, fallback = '', emptyCountsAsUnset }): readonly Judged[] => {
      const value = own(variables, name);
      const isUnset = value === undefined || (value === '' && emptyCountsAsUnset);
      if (kind !== 'default' || !isUnset || fallback.includes('$')) return [];
      const variable = { name, value: fallback, secret: undefined, path: '' };
      return [{ variable, sensitivity: classifySensitive(name, fallback), template: undefined }];
    }),
  );
}

/** The contents of `secrets:` that are one line. */
function grantedSecrets({ secrets }: App, { files, variables }: CompileInput): readonly Found[] {
  return Object.entries(secrets).flatMap(([name, { external, content, environment, file }]) => {
    if (external) return [];
    const [first] =
      content === undefined && environment === undefined ? (readTree(files, file ?? '')?.files ?? []) : [];
    const text = content ?? (environment === undefined ? first?.content : own(variables, environment));
    const value = typeof text === 'string' ? text.trim() : '';
    return value === '' || value.includes('\n') ? [] : [{ name, value, part: false }];
  });
}

function variablesWithPlaceholders(
  judged: readonly Judged[],
  placeholders: SecretPlaceholders,
  ofProject: ReadonlyMap<string, string>,
): readonly Variable[] {
  return judged.map(({ variable, sensitivity, template }) => {
    if (variable.secret === false) return variable;
    const { value } = variable;
    const written = template === undefined ? undefined : filled(template, ofProject);
    const text = sensitivity.secret
      ? written !== undefined && hasPlaceholder(written)
        ? written
        : withPlaceholdersForParts(value, sensitivity, placeholders)
      : value;
    const replaced = withRecognisablePlaced(text, placeholders);
    return { ...variable, secret: sensitivity.secret || hasPlaceholder(replaced), value: replaced };
  });
}

function designWithPlaceholders(
  design: NamedDesign,
  replace: SecretReplacer,
  variablesOf: (index: number) => readonly Variable[],
): NamedDesign {
  const { app } = design;
  return {
    ...design,
    app: {
      ...app,
      configs: mapValues(app.configs, (source) =>
        source.content === undefined ? source : { ...source, content: replace(source.content, source.path) },
      ),
    },
    services: design.services.map((designed, index) => ({
      ...designed,
      service: { ...serviceWithPlaceholders(designed.service, replace), environment: variablesOf(index) },
    })),
  };
}

function serviceWithPlaceholders(service: AppService, replace: SecretReplacer): AppService {
  const { path, process, health, lifecycle } = service;
  const texts = (key: string, list: readonly string[]): readonly string[] =>
    list.map((text) => replace(text, `${path}/${key}`));
  const record = (key: string, values: Readonly<Record<string, string>>) =>
    mapValues(values, (text) => replace(text, `${path}/${key}`));
  const hooks = <H extends Hook>(key: string, list: readonly H[]): readonly H[] =>
    list.map((hook) => ({ ...hook, command: texts(key, hook.command), environment: record(key, hook.environment) }));
  const { entrypoint, command } = process;
  return {
    ...service,
    process: {
      ...process,
      entrypoint: entrypoint === undefined ? undefined : texts('entrypoint', entrypoint),
      command: command === undefined ? undefined : texts('command', command),
    },
    health: health === undefined ? undefined : { ...health, command: texts('healthcheck', health.command) },
    lifecycle: {
      ...lifecycle,
      before: hooks('pre_start', lifecycle.before).map((step) => ({
        ...step,
        entrypoint: step.entrypoint === undefined ? undefined : texts('pre_start', step.entrypoint),
      })),
      afterStart: hooks('post_start', lifecycle.afterStart),
      beforeStop: hooks('pre_stop', lifecycle.beforeStop),
    },
    labels: record('labels', service.labels),
    deployLabels: record('deploy', service.deployLabels),
    annotations: record('annotations', service.annotations),
  };
}

function mapValues<V, R>(values: Readonly<Record<string, V>>, map: (value: V) => R): Readonly<Record<string, R>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]));
}
