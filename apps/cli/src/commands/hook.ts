import type { HookData } from '@ushadow/contracts';
import { randomBytes } from 'node:crypto';
import { Refusal, UsageError, type CommandContext, type ExitCode, type Names, type OptionTable } from '../command.ts';
import {
  GATEWAY_OPTIONS,
  GATEWAY_USAGE,
  parseCommandLine,
  required,
  STACK_OPTIONS,
  STACK_USAGE,
} from '../gateway/command-line.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway, type Gateway } from '../gateway/with-gateway.ts';
import { table } from '../terminal/table.ts';
import { visibleText } from '../terminal/terminal-text.ts';

export const usage = `Usage: ushadow hook ls [OPTIONS]
       ushadow hook create NAME [--signed] [--service SERVICE]... [OPTIONS]
       ushadow hook rm NAME [OPTIONS]

Lets a CI job or a registry update images of a stack by a call: deploy on push. The address is shown once, and so is the key
that calls have to be signed with (X-Hub-Signature-256, or as Standard Webhooks has it). CI sends {"service":"web","tag":"1.2"},
or "image" or "digest"; Docker Hub, GHCR, Harbor and registries of the distribution send what they send.

      --signed               every call has to be signed
      --service SERVICE      only this service; repeat
      --any-repository       also images of other repositories than the service has
${STACK_USAGE}${GATEWAY_USAGE}`;

export const options = {
  ...GATEWAY_OPTIONS,
  ...STACK_OPTIONS,
  signed: { type: 'boolean' },
  service: { type: 'string', multiple: true },
  'any-repository': { type: 'boolean' },
} as const satisfies OptionTable;
export const names: readonly Names[] = [['ls', 'create', 'rm'], []];

type Values = ReturnType<typeof parseCommandLine<typeof options>>['values'];

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options, 2);
  const [what = 'ls', name] = positionals;
  const action = { ls, create, rm }[what];
  if (action === undefined) throw new UsageError(`hook takes ls, create and rm, not ${what}.`);
  return withGateway(values.api, context, async (gateway) => {
    const { stack } = await findStack(gateway, [], values, context);
    return action(gateway, { stack_id: stack.stack_id, name, values, context });
  });
}

interface Asked {
  readonly stack_id: string;
  readonly name: string | undefined;
  readonly values: Values;
  readonly context: CommandContext;
}

async function ls({ client }: Gateway, { stack_id, values, context }: Asked): Promise<ExitCode> {
  const { hooks } = await client.listHooks({ stack_id });
  const head = ['HOOK', 'SERVICES', 'SIGNED', 'CALLED', 'RESULT'];
  context.print(values.json === true ? `${JSON.stringify(hooks)}\n` : table(head, hooks.map(rowOf)));
  return 0;
}

function rowOf({ name, services, is_signed: isSigned, called_at: at, result }: HookData): string[] {
  return [name, services.join(', ') || 'all', isSigned ? 'yes' : 'no', at?.slice(0, 19) ?? 'never', result ?? ''];
}

/** Token and key are made here: nobody but this terminal is ever shown them. */
async function create({ client, baseUrl }: Gateway, { stack_id, name, values, context }: Asked): Promise<ExitCode> {
  const token = randomBytes(32).toString('base64url');
  const key = values.signed === true ? `whsec_${randomBytes(32).toString('base64')}` : undefined;
  const hook = await client.createHook({
    ...{ stack_id, name: required('NAME', name), token },
    ...(key === undefined ? {} : { signing_key: key }),
    ...(values.service === undefined ? {} : { services: values.service }),
    ...(values['any-repository'] === true ? { any_repository: true } : {}),
  });
  const url = `${baseUrl}/api/hooks/${token}`;
  if (values.json === true) context.print(`${JSON.stringify({ ...hook, url, signing_key: key ?? null })}\n`);
  else {
    const lines = [
      `${hook.name} is there. Shown this once:`,
      `  ${url}`,
      ...(key === undefined ? [] : [`  signing key ${key}`]),
    ];
    context.print(`${lines.map(visibleText).join('\n')}\n`);
  }
  return 0;
}

async function rm({ client }: Gateway, { stack_id, name, values, context }: Asked): Promise<ExitCode> {
  const wanted = required('NAME', name);
  const { hooks } = await client.listHooks({ stack_id });
  const hook = hooks.find((each) => each.name === wanted || each.hook_id === wanted);
  if (hook === undefined) {
    const names = hooks.map((each) => each.name).join(', ') || 'none';
    throw new Refusal(`The stack has no hook ${wanted}. It has: ${names}.`);
  }
  const answer = await client.removeHook({ stack_id, hook_id: hook.hook_id });
  context.print(values.json === true ? `${JSON.stringify(answer)}\n` : `${visibleText(answer.message)}\n`);
  return 0;
}
