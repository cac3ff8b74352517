import type { StackServiceData } from '@ushadow/contracts';
import { Refusal, type CommandContext, type Names, type OptionTable } from '../command.ts';
import { parseCommandLine, required, wholeNumber } from '../gateway/command-line.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { openBrowser } from '../shell/browser.ts';
import { forward } from '../shell/forward.ts';
import { SHELL_OPTIONS, SHELL_USAGE } from '../shell/shell-options.ts';
import { visibleText } from '../terminal/terminal-text.ts';

export const usage = `Usage: ushadow open [OPTIONS] SERVICE

Opens a service in the browser: forwards the port that it serves pages at, until Ctrl-C. Says its public address where it has
one.

      --port N               of the service; default: the one that looks most like pages
      --no-browser           say the address only
${SHELL_USAGE}`;

export const options = {
  ...SHELL_OPTIONS,
  port: { type: 'string' },
  browser: { type: 'boolean' },
} as const satisfies OptionTable;
export const names: readonly Names[] = ['service', []];

export async function run(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = parseCommandLine(args, options, 1);
  const named = required('SERVICE', positionals[0]);
  const wanted = wholeNumber('port', values.port);
  return withGateway(values.api, context, async (gateway) => {
    const { stack, services: names } = await findStack(gateway, [named], values, context);
    const { services } = await gateway.client.getStack({ stack_id: stack.stack_id });
    const service = services.find((each) => each.service === names[0]);
    if (service === undefined)
      throw new Refusal(
        `${stack.project} has no service ${named}. It has: ${services.map((each) => each.service).join(', ')}.`,
      );
    const open = values.browser !== false && context.isTerminal ? openBrowser : () => undefined;
    const target = { stackId: stack.stack_id, service: service.service, pod: values.pod, remote: wanted, local: 0 };
    return forward(gateway, target, context, (port, { port: remote }) => {
      const url = `http${remote === 443 || remote === 8443 ? 's' : ''}://127.0.0.1:${String(port)}`;
      const known = publicAddresses(service);
      if (values.json === true)
        context.print(`${JSON.stringify({ service: service.service, url, remote_port: remote, addresses: known })}\n`);
      else context.print(textOf(service.service, url, remote, known));
      open(url);
    });
  });
}

/** Where others reach it. */
function publicAddresses({ addresses }: StackServiceData): readonly string[] {
  return addresses.filter(({ via, ready }) => via !== 'port-forward' && ready).map(({ url, text }) => url ?? text);
}

function textOf(service: string, url: string, remote: number, known: readonly string[]): string {
  const also = known.length === 0 ? '' : `Others reach it at ${known.map(visibleText).join(', ')}.\n`;
  return `${url} leads to port ${String(remote)} of ${service}; Ctrl-C ends it.\n${also}`;
}
