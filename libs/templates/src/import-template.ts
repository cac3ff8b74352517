import { importCoolify } from './coolify/import-coolify.ts';
import { importDokploy } from './dokploy/import-dokploy.ts';
import { Findings } from './findings.ts';
import type { ImportContext, ImportedParts } from './import-context.ts';
import type { ImportedTemplate } from './imported-template.ts';
import { IMPORT_LIMITS } from './limits.ts';
import { SourceText } from './source-text.ts';
import type { ImportOptions, TemplateInput } from './template-input.ts';
import { Hosts, isHost, placeholderDomain } from './values/hosts.ts';
import { RandomValues } from './values/random-values.ts';

const TEMPLATE_FILES = ['template.toml', 'template.json', 'template.yml', 'template.yaml'];
const METADATA_FILE = 'meta.json';

/**
 * The Compose project that a template of Coolify's or Dokploy's stands for, with its values and its public addresses. Total:
 * whatever cannot be read is a finding. Deterministic, but for what the ports give.
 */
export function importTemplate(input: TemplateInput, options: ImportOptions): ImportedTemplate {
  const findings = new Findings();
  const domain = domainOf(input, options, findings);
  const hosts = new Hosts(domain);
  const { scheme = 'https', now } = options;
  const context: ImportContext = { name: input.name, scheme, hosts, now, findings, random: new RandomValues(options) };
  const { info, ...parts } = imported(input, context);
  if (options.domain === undefined && hosts.given.length > 0) findings.add('TPL0204', { hosts: hosts.given });
  const nothing = { files: {}, values: [], public: [] };
  return { info, ...nothing, ...(findings.hasErrors ? {} : parts), findings: findings.all };
}

function imported({ name, files }: TemplateInput, context: ImportContext): ImportedParts {
  const { findings } = context;
  const isFound = (file: string | undefined): file is string => file !== undefined && isRead(file, files, findings);
  const compose = composeFileOf(files);
  const template = TEMPLATE_FILES.find((file) => file !== compose && Object.hasOwn(files, file));
  const info = { kind: template === undefined ? 'coolify' : 'dokploy', name, tags: [] } as const;
  if (compose === undefined) findings.add('TPL0001', { expected: 'it has no Compose file' });
  if (!isFound(compose) || (template !== undefined && !isFound(template))) return { info };
  const text = files[compose] ?? '';
  if (template === undefined) return importCoolify(compose, text, context);
  return importDokploy(
    {
      compose: new SourceText(compose, text),
      template: new SourceText(template, files[template] ?? ''),
      metadata: Object.hasOwn(files, METADATA_FILE) ? files[METADATA_FILE] : undefined,
    },
    context,
  );
}

const COMPOSE_FILES = /^(?:docker-)?compose\.ya?ml$/;

/** The Compose file of a template: by its name, else the only YAML file that there is beside the settings. */
export function composeFileOf(files: TemplateInput['files']): string | undefined {
  const yaml = Object.keys(files).filter((file) => /\.ya?ml$/.test(file));
  const others = yaml.filter((file) => !TEMPLATE_FILES.includes(file));
  const only = others.length === 0 ? yaml : others;
  return yaml.find((file) => COMPOSE_FILES.test(file)) ?? (only.length === 1 ? only[0] : undefined);
}

function isRead(file: string, files: TemplateInput['files'], findings: Findings): boolean {
  const limit = IMPORT_LIMITS.fileCharactersMax;
  if ((files[file] ?? '').length <= limit) return true;
  findings.add('TPL0002', { file, limit });
  return false;
}

function domainOf({ name }: TemplateInput, { domain }: ImportOptions, findings: Findings): string {
  if (domain === undefined) return placeholderDomain(name);
  if (isHost(domain)) return domain;
  findings.add('TPL0202', { host: domain });
  return placeholderDomain(name);
}
