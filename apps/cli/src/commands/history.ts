import type { RevisionData } from '@ushadow/contracts';
import type { ExitCode, CommandContext, Names, OptionTable } from '../command.ts';
import {
  GATEWAY_OPTIONS,
  GATEWAY_USAGE,
  parseCommandLine,
  STACK_OPTIONS,
  STACK_USAGE,
  wholeNumber,
} from '../gateway/command-line.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway, type Gateway } from '../gateway/with-gateway.ts';
import { table } from '../terminal/table.ts';

const PAGE_MAX = 200;

export const usage = `Usage: ushadow history [SERVICE] [OPTIONS]

Shows the revisions of a stack, or those about one service of it, newest first: which one is current, which are bad, and
which would be brought back.

      --limit N              how many; default: 20
${STACK_USAGE}${GATEWAY_USAGE}`;

export const options = {
  ...GATEWAY_OPTIONS,
  ...STACK_OPTIONS,
  limit: { type: 'string' },
} as const satisfies OptionTable;
export const names: readonly Names[] = ['service'];

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options, 1);
  const limit = wholeNumber('limit', values.limit) ?? 20;
  return withGateway(values.api, context, async (gateway) => {
    const { stack, services } = await findStack(gateway, positionals, values, context);
    const [service] = services;
    const about = { stack_id: stack.stack_id, ...(service === undefined ? {} : { service }) };
    const revisions = await newestRevisions(gateway, about, limit);
    context.print(values.json === true ? `${JSON.stringify(revisions)}\n` : historyTable(revisions));
    return 0;
  });
}

/** As many as are wanted, in pages as large as the gateway gives them. */
async function newestRevisions(
  { client }: Gateway,
  about: { readonly stack_id: string; readonly service?: string },
  wanted: number,
): Promise<readonly RevisionData[]> {
  const found: RevisionData[] = [];
  while (found.length < wanted) {
    const limit = Math.min(PAGE_MAX, wanted - found.length);
    const last = found.at(-1);
    const before = last === undefined ? {} : { before: last.revision };
    const { revisions } = await client.getHistory({ ...about, limit, ...before });
    found.push(...revisions);
    if (revisions.length < limit) break;
  }
  return found;
}

function historyTable(revisions: readonly RevisionData[]): string {
  const rows = revisions.map((each) => [
    String(each.revision),
    each.created_at.slice(0, 19),
    kindText(each),
    each.services.join(','),
    each.status,
    each.actor,
    markOf(each),
    each.tags.join(','),
    each.content_digest === null ? '' : digestText(each.content_digest),
    each.deployment_id,
    each.message ?? '',
  ]);
  const head = [
    'REVISION',
    'WHEN',
    'KIND',
    'SERVICES',
    'STATUS',
    'WHO',
    'MARK',
    'TAGS',
    'CONTENT',
    'DEPLOYMENT',
    'MESSAGE',
  ];
  return table(head, rows);
}

const DIGITS_SHOWN = 8;

/** As many digits as tell contents apart, without the key they are made under. */
function digestText(digest: string): string {
  return digest.slice(digest.indexOf(':') + 1).slice(0, DIGITS_SHOWN);
}

function kindText({ kind, based_on_revision: number }: RevisionData): string {
  return number === null || kind !== 'rollback' ? kind : `${kind} to ${String(number)}`;
}

function markOf({ current, bad, offered, kept }: RevisionData): string {
  if (current) return 'current';
  if (bad) return 'bad';
  if (!kept) return 'history only';
  return offered ? 'good' : '';
}
