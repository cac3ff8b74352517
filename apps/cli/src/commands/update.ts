import type { FoundImageData, ImageRule } from '@ushadow/contracts';
import { Refusal, UsageError, type CommandContext, type ExitCode, type Names, type OptionTable } from '../command.ts';
import { oneOf } from '../compose/load-options.ts';
import { changePlanned, PLANNED_OPTIONS, PLANNED_USAGE } from '../gateway/change-stack.ts';
import { parseCommandLine } from '../gateway/command-line.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { table } from '../terminal/table.ts';
import { visibleText } from '../terminal/terminal-text.ts';
import { JOB_OPTIONS, JOB_USAGE } from './job-options.ts';

export const usage = `Usage: ushadow update [SERVICE...] [OPTIONS]

Changes images of a stack without its files: to what is named, or to the newest that its registries have by a rule, pinned
by digest. It holds until the Compose file says another image. The plan is shown first; the verdict is the exit code.

      --image SERVICE=IMAGE  this image; repeat
      --tag SERVICE=TAG      this tag of the image that it has; repeat
      --rule RULE            digest: what the tag means now; patch, minor, major: the newest version of the same minor or
                             major version, or of all; default: minor
      --check                only say what there is
${PLANNED_USAGE}${JOB_USAGE}`;

const RULES = ['digest', 'patch', 'minor', 'major'] as const satisfies readonly ImageRule[];

export const options = {
  ...JOB_OPTIONS,
  ...PLANNED_OPTIONS,
  image: { type: 'string', multiple: true },
  tag: { type: 'string', multiple: true },
  rule: { type: 'string' },
  check: { type: 'boolean' },
} as const satisfies OptionTable;
export const names: readonly Names[] = ['service'];

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options);
  const images = readPairs('image', values.image);
  const tags = readPairs('tag', values.tag);
  const rule = values.rule === undefined ? undefined : oneOf('rule', values.rule, RULES);
  return withGateway(values.api, context, async (gateway) => {
    const { stack, services } = await findStack(gateway, positionals, values, context);
    const { stack_id } = stack;
    const asked = [...new Set([...services, ...Object.keys(tags)])].filter((service) => images[service] === undefined);
    const isAll = asked.length === 0 && Object.keys(images).length === 0;
    const looked = isAll || asked.length > 0;
    const found = looked
      ? (
          await gateway.client.checkImages({
            stack_id,
            ...(isAll ? {} : { services: asked }),
            ...(rule === undefined ? {} : { rule }),
            tags,
          })
        ).images
      : [];
    const newer = found.flatMap(({ service, found: image }) => (image === null ? [] : [[service, image] as const]));
    const all = { ...Object.fromEntries(newer), ...images };
    // With --json standard output has what was found, or what is done about it.
    const isNothing = Object.keys(all).length === 0 && Object.keys(tags).length === 0;
    if (looked || values.json === true) show(found, values, context, values.check === true || isNothing);
    if (values.check === true) return 0;
    if (Object.keys(all).length === 0) {
      // Whoever has named a tag wanted exactly that.
      if (Object.keys(tags).length > 0) throw new Refusal('Nothing was changed.');
      return 0;
    }
    return changePlanned(gateway, stack_id, { kind: 'update-image', images: all }, values, context);
  });
}

function show(
  found: readonly FoundImageData[],
  { json, check }: { json?: boolean | undefined; check?: boolean | undefined },
  context: CommandContext,
  isResult: boolean,
): void {
  if (json === true) {
    if (isResult) context.print(`${JSON.stringify(found)}\n`);
    return;
  }
  const rows = found.map(({ service, image, found: newer, reason }) =>
    [service, image, newer ?? '-', reason].map(visibleText),
  );
  const print = check === true ? context.print : context.printError;
  print(table(['SERVICE', 'IMAGE', 'FOUND', ''], rows));
}

function readPairs(option: string, texts: readonly string[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, service, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
      if (service === undefined || value === undefined)
        throw new UsageError(`--${option} is SERVICE=${option.toUpperCase()}, not ${text}.`);
      return [service, value];
    }),
  );
}
