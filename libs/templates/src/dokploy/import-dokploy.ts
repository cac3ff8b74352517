import { ComposeText, referencesOf } from '../compose/compose-text.ts';
import { envFileOf } from '../compose/env-file.ts';
import { leftEmpty } from '../compose/left-empty.ts';
import { bringFilesInside } from '../compose/mounted.ts';
import { projectFiles } from '../compose/project-files.ts';
import { undeclared } from '../compose/undeclared.ts';
import type { ImportContext, ImportedParts } from '../import-context.ts';
import type { TemplateValue } from '../imported-template.ts';
import type { SourceText } from '../source-text.ts';
import { publicAddresses } from './domains.ts';
import { infoOf } from './metadata.ts';
import { mountFiles } from './mounts.ts';
import { readSettings, type TemplateSettings } from './template-settings.ts';
import { Variables } from './variables.ts';

export interface DokployFiles {
  readonly compose: SourceText;
  readonly template: SourceText;
  /** A file of its own for what the template says of itself. */
  readonly metadata: string | undefined;
}

/** A Compose file with a template beside it, which has its variables, domains, env file and files. */
export function importDokploy(files: DokployFiles, context: ImportContext): ImportedParts {
  const { findings, hosts, name } = context;
  const source = files.template;
  const settings = readSettings(source, findings);
  const info = infoOf(settings?.metadata ?? {}, files.metadata, name);
  const compose = ComposeText.read(files.compose, findings);
  if (settings === undefined || compose === undefined) return { info };
  const variables = new Variables(settings, source, context);
  // The first domain is the main one: it is asked for before anything else.
  const addresses = publicAddresses(settings, { findings, hosts, source, variables, services: compose.serviceNames });
  for (const variable of settings.variables.keys()) variables.fill(`\${${variable}}`, variable, 'kept');
  const env = envValues(settings, variables, context, source);
  const mounted = mountFiles(settings, { findings, source, compose, variables });
  bringFilesInside(compose);
  const envFile = envFileOf(
    compose,
    env.map((each) => each.name),
  );
  const known = new Set(env.map((each) => each.name));
  const own = appName(compose, name).filter((each) => !known.has(each.name));
  const supplied = [...env, ...own, ...mounted.values.filter((each) => !known.has(each.name))];
  const values = [...supplied, ...leftEmpty(compose, { values: supplied }, findings)];
  return {
    info,
    values,
    public: addresses,
    files: projectFiles(compose, values, {
      ...undeclared(compose, findings),
      files: new Map([...mounted.files, ...(envFile === undefined ? [] : [envFile])]),
      override: mounted.override,
    }),
  };
}

/** The platform puts what the project is called into its `.env`. */
function appName({ scalars, source }: ComposeText, name: string): readonly TemplateValue[] {
  const isAsked = scalars.flatMap(referencesOf).some((reference) => reference.name === APP_NAME);
  return isAsked ? [{ name: APP_NAME, value: name, secret: false, generated: false, path: source.file }] : [];
}

const APP_NAME = 'APP_NAME';

/** The project's `.env`. */
function envValues(
  { env }: TemplateSettings,
  variables: Variables,
  { findings }: ImportContext,
  source: SourceText,
): readonly TemplateValue[] {
  return [...env.keys()].flatMap((name): TemplateValue[] => {
    if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name)) {
      findings.add('TPL0106', { name }, { position: source.find(name) });
      return [];
    }
    const { text = '', secret = false, generated = false } = variables.env(name) ?? {};
    return [{ name, value: text, secret, generated, path: source.file }];
  });
}
