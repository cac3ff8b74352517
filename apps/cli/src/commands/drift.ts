import type { DriftData, DriftedObjectData } from '@ushadow/contracts';
import { UsageError, type CommandContext, type ExitCode, type Names, type OptionTable } from '../command.ts';
import { parseCommandLine } from '../gateway/command-line.ts';
import { changePlanned, PLANNED_OPTIONS, PLANNED_USAGE } from '../gateway/change-stack.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { ageText } from '../terminal/fact-text.ts';
import { textStyler, visibleText, type TextStyler } from '../terminal/terminal-text.ts';
import { JOB_OPTIONS, JOB_USAGE } from './job-options.ts';

export const usage = `Usage: ushadow drift [PROJECT] [OPTIONS]

Shows what others have changed or deleted of a stack since its last good deployment: which field, what it was and is, who
manages it now, and since when. The exit code is 1 when it has drifted.

      --repair               bring it back to what was deployed
      --adopt                make it part of what is deployed, until its file says something else
      --object KIND/NAME[:FIELD]
                             only this object, or this field of it, with --repair or --adopt; repeat
      --drop NAME            give up what was adopted or overridden, by its name or for a service; repeat
      --last                 what was found last, without asking the cluster
${PLANNED_USAGE}${JOB_USAGE}`;

export const options = {
  ...JOB_OPTIONS,
  ...PLANNED_OPTIONS,
  repair: { type: 'boolean' },
  adopt: { type: 'boolean' },
  object: { type: 'string', multiple: true },
  drop: { type: 'string', multiple: true },
  last: { type: 'boolean' },
} as const satisfies OptionTable;
export const names: readonly Names[] = ['stack'];

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options, 1);
  const { repair, adopt, drop, object, last, json } = values;
  const asked = [repair, adopt, drop !== undefined].filter((each) => each === true).length;
  if (asked > 1) throw new UsageError('--repair, --adopt and --drop: one at a time.');
  if (object !== undefined && repair !== true && adopt !== true)
    throw new UsageError('--object goes with --repair or --adopt.');
  const [project = values['project-name']] = positionals;
  return withGateway(values.api, context, async (gateway) => {
    const { client } = gateway;
    const chosen = { ...values, ...(project === undefined ? {} : { 'project-name': project }) };
    const { stack_id } = (await findStack(gateway, [], chosen, context)).stack;
    if (drop !== undefined) return changePlanned(gateway, stack_id, { kind: 'drop', overrides: drop }, values, context);
    if (repair === true || adopt === true) {
      const kind = repair === true ? 'repair' : 'adopt';
      const drifted = object === undefined ? {} : { drifted: readObjects(object) };
      const code = await changePlanned(gateway, stack_id, { kind, ...drifted }, values, context);
      // What is shown of the stack is as old as the last look at it.
      if (code === 0 && values.plan !== true && values.detach !== true) await client.checkDrift({ stack_id });
      return code;
    }
    const drift = await (last === true ? client.getDrift({ stack_id }) : client.checkDrift({ stack_id }));
    const styled = textStyler(context.isTerminal, context.environment);
    context.print(json === true ? `${JSON.stringify(drift)}\n` : driftText(drift, styled));
    return drift.state === 'drifted' ? 1 : 0;
  });
}

/** Several fields of one object may be named one by one. */
function readObjects(texts: readonly string[]): { object: string; fields?: string[] }[] {
  const objects = new Map<string, string[] | undefined>();
  for (const text of texts) {
    const [, object = '', field] = /^([A-Za-z]+(?:\/[a-z0-9.-]+){1,2})(?::(.+))?$/.exec(text) ?? [];
    if (object === '') throw new UsageError(`--object is KIND/NAME or KIND/NAME:FIELD, not ${text}.`);
    const known = objects.get(object);
    objects.set(
      object,
      field === undefined || (objects.has(object) && known === undefined) ? undefined : [...(known ?? []), field],
    );
  }
  return [...objects].map(([object, fields]) => ({ object, ...(fields === undefined ? {} : { fields }) }));
}

function driftText(
  { state, since, checked, objects, count, unseen, checked_at: at }: DriftData,
  styled: TextStyler,
): string {
  const now = Date.now();
  const lines = [
    ...(state === 'unknown' ? [unknownText(checked, unseen)] : []),
    ...(state === 'none' ? [noneText(checked, at, now)] : []),
    ...(state === 'drifted' ? [styled('bold', headText(count, since, now))] : []),
    ...objects.flatMap((object) => objectLines(object, now, styled)),
    ...(count > objects.length ? [`and ${String(count - objects.length)} more`] : []),
    ...(unseen.length === 0
      ? []
      : [styled('yellow', `not compared, since it may not be looked at: ${unseen.join(', ')}`)]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function unknownText(checked: number, unseen: readonly string[]): string {
  if (unseen.length === 0) return 'It was not looked at since its last deployment.';
  return `Nothing has drifted of the ${String(checked)} objects that could be compared.`;
}

function noneText(checked: number, at: string | null, now: number): string {
  const when = at === null ? '' : ` (${ageText(at, now)} ago)`;
  return checked === 0 ? `Nothing had drifted${when}.` : `Nothing has drifted of ${String(checked)} objects${when}.`;
}

function headText(count: number, since: string | null, now: number): string {
  const when = since === null ? '' : `, since ${ageText(since, now)}`;
  return `${String(count)} ${count === 1 ? 'object has' : 'objects have'} drifted${when}`;
}

const MARKS = { missing: '-', changed: '~', taken: '!' } as const;

function objectLines({ object, state, reason, fields }: DriftedObjectData, now: number, styled: TextStyler): string[] {
  const what = { missing: ' is gone', changed: '', taken: ' is held by somebody else' }[state];
  const head = styled(state === 'changed' ? 'yellow' : 'red', visibleText(`${MARKS[state]} ${object}${what}`));
  return [
    head,
    ...(reason === null ? [] : [`    ${visibleText(reason)}`]),
    ...fields.map((field) => `    ${visibleText(fieldText(field, now))}`),
  ];
}

function fieldText(field: DriftedObjectData['fields'][number], now: number): string {
  const { path, change, wanted, live, manager, since } = field;
  const values = wanted === null && live === null ? change : `${wanted ?? '(nothing)'} → ${live ?? '(nothing)'}`;
  const who =
    manager === null ? 'nobody manages it now' : `${manager}${since === null ? '' : `, ${ageText(since, now)} ago`}`;
  return `${path}: ${values} (${who})`;
}
