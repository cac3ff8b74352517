import type { OutputOf, operations, TemplateData, TemplateDetailData } from '@ushadow/contracts';
import { UsageError, type CommandContext, type ExitCode, type Names, type OptionTable } from '../command.ts';
import { GATEWAY_OPTIONS, GATEWAY_USAGE, parseCommandLine, required } from '../gateway/command-line.ts';
import { withGateway, type Gateway } from '../gateway/with-gateway.ts';
import { table } from '../terminal/table.ts';
import { visibleText } from '../terminal/terminal-text.ts';

export const usage = `Usage: ushadow templates [SEARCH...] [OPTIONS]
       ushadow templates show NAME [OPTIONS]
       ushadow templates use NAME [--domain NAME] [-p PROJECT] [OPTIONS]

Shows the templates of the installation's gallery, or one of them: what it needs, what Kubernetes makes of it, what was found.
use makes a project of one, which is deployed as any other: ushadow up -p PROJECT. Generated values stay on the server. NAME is
coolify:NAME or dokploy:NAME, or NAME alone where only one kind has it. For a template of this disk: ushadow up --template.

      --domain NAME          where its site is; http:// before it: without TLS
  -p, --project-name NAME    what the project is called; default: as the template
      --replace              take the place of an uploaded project of that name; values that it keeps stay
${GATEWAY_USAGE}`;

type Listed = OutputOf<typeof operations.listTemplates>;

interface Values {
  readonly domain?: string | undefined;
  readonly 'project-name'?: string | undefined;
  readonly replace?: boolean | undefined;
  readonly json?: boolean | undefined;
}

export const options = {
  ...GATEWAY_OPTIONS,
  domain: { type: 'string' },
  'project-name': { type: 'string', short: 'p' },
  replace: { type: 'boolean' },
} as const satisfies OptionTable;
export const names: readonly Names[] = [['show', 'use'], 'template', []];

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options);
  const [what, name, extra] = positionals;
  const isOne = what === 'show' || what === 'use';
  if (isOne && extra !== undefined) throw new UsageError(`There is one argument too many: ${extra}.`);
  if (what !== 'use')
    for (const option of ['domain', 'project-name', 'replace'] as const)
      if (values[option] !== undefined) throw new UsageError(`--${option} goes with ushadow templates use.`);
  const one = isOne ? required('NAME', name) : '';
  return withGateway(values.api, context, (gateway) => {
    if (what === 'show') return show(gateway, one, values, context);
    return what === 'use' ? use(gateway, one, values, context) : list(gateway, positionals.join(' '), values, context);
  });
}

async function list({ client }: Gateway, search: string, { json }: Values, context: CommandContext): Promise<ExitCode> {
  const templates: TemplateData[] = [];
  let page: Listed | undefined;
  do {
    page = await client.listTemplates({
      limit: 200,
      ...(search === '' ? {} : { search }),
      ...(page?.next_cursor == null ? {} : { cursor: page.next_cursor }),
    });
    templates.push(...page.templates);
  } while (page.next_cursor !== null);
  const { checked, total, problems } = page;
  const head = ['TEMPLATE', 'CHECK', 'PUBLIC', 'SERVICES', 'WHAT'];
  context.print(
    json === true ? `${JSON.stringify({ templates, checked, total, problems })}\n` : table(head, templates.map(rowOf)),
  );
  for (const problem of problems) context.printError(`warning: ${visibleText(problem)}\n`);
  if (checked < total)
    context.printError(`${String(checked)} of ${String(total)} templates are checked; the others are by and by.\n`);
  return 0;
}

function rowOf({ id, check, public: addresses, services, title, description }: TemplateData): string[] {
  return [
    id,
    checkText(check),
    addresses.map(({ service, port }) => (port === null ? service : `${service}:${String(port)}`)).join(', '),
    check.state === 'pending' ? '' : String(services.length),
    description ?? title,
  ];
}

function checkText({ state, errors, warnings }: TemplateData['check']): string {
  if (state === 'errors') return counted(errors, 'error');
  return state === 'warnings' ? counted(warnings, 'warning') : state;
}

function counted(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? '' : 's'}`;
}

async function show({ client }: Gateway, name: string, { json }: Values, context: CommandContext): Promise<ExitCode> {
  const template = await client.getTemplate({ name });
  context.print(json === true ? `${JSON.stringify(template)}\n` : detailText(template));
  return template.check.state === 'errors' ? 1 : 0;
}

function detailText(template: TemplateDetailData): string {
  const { id, title, description, documentation, needs, generated, objects, volumes, findings } = template;
  const lines = [
    `${id}  ${title === template.name ? '' : title}`.trim(),
    ...(description === null ? [] : [description]),
    ...(documentation === null ? [] : [documentation]),
    '',
    `Check: ${checkText(template.check)}`,
    `Services: ${template.services.join(', ')}`,
    `Public: ${template.public.map(addressText).join(', ') || 'none'}`,
    ...(needs.length === 0 ? [] : ['', 'Needs a value:', ...needs.map(needText)]),
    ...(generated.length === 0 ? [] : ['', `Generated: ${generated.join(', ')}`]),
    ...(objects.length === 0 ? [] : ['', 'Kubernetes makes of it:']),
    ...objects.map(({ kind, names }) => `  ${kind} ${names.join(', ')}`),
    ...volumes.map(({ name, size }) => `  volume ${name}: ${size}`),
    ...(findings.length === 0 ? [] : ['', ...findings.map(findingText)]),
  ];
  return `${lines.map(visibleText).join('\n')}\n`;
}

function addressText({ service, port, path }: TemplateData['public'][number]): string {
  return `${service}${port === null ? '' : `:${String(port)}`}${path ?? ''}`;
}

function needText({ name, message, file, line }: TemplateDetailData['needs'][number]): string {
  const place = file === null ? '' : ` (${file}${line === null ? '' : `:${String(line)}`})`;
  return `  ${name}${place}${message === null || message === '' ? '' : `: ${message}`}`;
}

function findingText({ severity, code, message, file, line }: TemplateDetailData['findings'][number]): string {
  const place = file === undefined ? '' : ` ${file}${line === undefined ? '' : `:${String(line)}`}`;
  return `${severity} ${code}${place}: ${message}`;
}

async function use({ client }: Gateway, name: string, values: Values, context: CommandContext): Promise<ExitCode> {
  const { domain, 'project-name': project, replace } = values;
  const used = await client.useTemplate({
    name,
    ...hostOf(domain),
    ...(project === undefined ? {} : { project }),
    ...(replace === undefined ? {} : { replace }),
  });
  const { print, printError } = context;
  if (values.json === true) print(`${JSON.stringify(used)}\n`);
  else {
    const lines = [
      `${used.project} is a project now: ${used.services.length === 1 ? '1 service' : `${String(used.services.length)} services`}`,
      ...used.public.map(({ service, address }) => `  ${service} at ${address}`),
      ...(used.generated.length === 0 ? [] : [`Generated, and kept for it: ${used.generated.join(', ')}`]),
      ...(used.kept.length === 0 ? [] : [`As it had them: ${used.kept.join(', ')}`]),
      `Deploy it with: ushadow up -p ${used.project}`,
    ];
    print(`${lines.map(visibleText).join('\n')}\n`);
  }
  for (const found of used.diagnostics)
    if (found.severity !== 'info') printError(`${visibleText(findingText(found))}\n`);
  return 0;
}

/** `http://` before the name: there is no TLS. */
function hostOf(domain: string | undefined): { readonly domain?: string; readonly tls?: boolean } {
  if (domain === undefined) return {};
  const plain = /^http:\/\//.test(domain);
  return { domain: domain.replace(/^http:\/\//, ''), ...(plain ? { tls: false } : {}) };
}
