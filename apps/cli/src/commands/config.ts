import type { LoadResult, LoadStep } from '@ushadow/compose';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Refusal, UsageError } from '../command.ts';
import type { ExitCode, CommandContext, Names, OptionTable } from '../command.ts';
import { canonicalText, modelText } from '../compose/canonical-text.ts';
import type { ConfigFormat } from '../compose/canonical-text.ts';
import { CONFIG_LISTS, listOf, modelVariables } from '../compose/config-lists.ts';
import type { ModelVariable } from '../compose/config-lists.ts';
import { LOAD_OPTIONS, LOAD_USAGE, loadFromDisk, oneOf } from '../compose/load-options.ts';
import { withNamedServices } from '../compose/named-services.ts';
import { GATEWAY_OPTIONS, JSON_USAGE, parseCommandLine } from '../gateway/command-line.ts';
import { sayGenerated } from '../template/template-values.ts';
import { textStyler } from '../terminal/terminal-text.ts';
import { countOf, formatDiagnostics } from '../terminal/print-diagnostics.ts';
import { table } from '../terminal/table.ts';

export const usage = `Usage: ushadow config [SERVICE...] [OPTIONS]

Prints the canonical project as docker compose config does: files merged, variables replaced, short forms expanded. With
SERVICE, those services and what they depend on.

${LOAD_USAGE}      --format yaml|json     how it is printed
  -o, --output FILE          into a file, for its owner only
  -q, --quiet                print nothing, only check
      --no-interpolate       leave variables as they are written
      --no-normalize         without what Compose adds: default networks, names of resources
      --no-path-resolution   leave relative paths as they are written
      --no-env-resolution    leave env_file unread
      --no-consistency       without checking that what services refer to is there
      --services, --volumes, --networks, --models, --images, --profiles
                             names alone, one a line
      --environment          the variables that are filled in
      --variables            the variables that the files refer to, with their defaults
      --hash, --resolve-image-digests, --lock-image-digests
                             cannot be had here; each says why
${JSON_USAGE}`;

const STEPS = {
  interpolate: 'interpolation',
  normalize: 'normalization',
  'path-resolution': 'path-resolution',
  'env-resolution': 'env-resolution',
  consistency: 'consistency',
} as const satisfies Readonly<Record<string, LoadStep>>;

/** Switches of the reference that cannot be had here, and why. */
const CANNOT = {
  hash: 'is of the containers that docker compose makes; ushadow plan says what would change in a cluster',
  'resolve-image-digests': 'asks registries, which is not done here; write the digest into the file',
  'lock-image-digests': 'asks registries, which is not done here; write the digest into the file',
} as const;

const flag = { type: 'boolean' } as const;
export const options = {
  ...LOAD_OPTIONS,
  json: GATEWAY_OPTIONS.json,
  format: { type: 'string' },
  output: { type: 'string', short: 'o' },
  quiet: { type: 'boolean', short: 'q' },
  interpolate: flag,
  normalize: flag,
  'path-resolution': flag,
  'env-resolution': flag,
  consistency: flag,
  services: flag,
  volumes: flag,
  networks: flag,
  models: flag,
  profiles: flag,
  images: flag,
  environment: flag,
  variables: flag,
  hash: { type: 'string' },
  'resolve-image-digests': flag,
  'lock-image-digests': flag,
} as const satisfies OptionTable;
export const names: readonly Names[] = ['service'];

type Values = ReturnType<typeof parseCommandLine<typeof options>>['values'];

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options);
  refuseWhatCannotBe(values);
  const json = values.json === true;
  if (json && values.quiet === true) throw new UsageError('--quiet prints nothing, --json does: one of the two.');
  const format = oneOf('format', json ? 'json' : values.format, ['yaml', 'json']);
  const without = Object.entries(STEPS).flatMap(([option, step]) =>
    values[option as keyof typeof STEPS] === false ? [step] : [],
  );
  const list = CONFIG_LISTS.find((each) => values[each] === true);
  // Names do not depend on what env files say, nor the variables that there are on their values.
  const needless =
    list !== undefined ? [STEPS['env-resolution']] : values.variables === true ? [STEPS.interpolate] : [];
  const loaded = loadFromDisk(values, context, { without: [...without, ...needless] });
  sayFindings(loaded, context);
  sayGenerated(loaded, context);
  if (!loaded.ok || loaded.project === undefined) {
    const { diagnostics } = loaded;
    throw new Refusal(`${countOf(diagnostics)}; nothing is printed.`, { diagnostics });
  }
  const project = withNamedServices(loaded.project, positionals);
  if (values.quiet === true) return 0;
  if (list !== undefined) {
    const listed = listOf(list, { ...loaded, project });
    context.print(json ? `${JSON.stringify(listed)}\n` : lines(listed));
  } else if (values.variables === true) {
    context.print(variablesText(modelVariables(loaded.model ?? {}), format));
  } else {
    const text =
      loaded.model === undefined
        ? await canonicalText(project, format, { envFiles: values['env-resolution'] === false })
        : await modelText(loaded.model, format);
    put(text, values, context);
  }
  return 0;
}

function refuseWhatCannotBe(values: Values): void {
  for (const [option, why] of Object.entries(CANNOT)) {
    const asked = values[option as keyof typeof CANNOT];
    if (asked !== undefined && asked !== false) throw new UsageError(`--${option} ${why}.`);
  }
}

function sayFindings({ diagnostics }: LoadResult, context: CommandContext): void {
  const styled = textStyler(context.isTerminal, context.environment);
  const options = { workingDirectory: context.workingDirectory, styled, source: () => undefined };
  const shown = diagnostics.filter(({ severity }) => severity !== 'info');
  for (const text of formatDiagnostics(shown, options)) context.printError(`${text}\n`);
}

/** What is in it may be secret. */
function put(text: string, { output, json }: Values, { workingDirectory, print }: CommandContext): void {
  if (output === undefined) {
    print(text);
    return;
  }
  writeFileSync(resolve(workingDirectory, output), text, { mode: 0o600 });
  if (json === true) print(`${JSON.stringify({ file: output })}\n`);
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}

function variablesText(variables: readonly ModelVariable[], format: ConfigFormat): string {
  if (format === 'json')
    return `${JSON.stringify(Object.fromEntries(variables.map((each) => [each.Name, each])), null, 4)}\n`;
  const rows = variables.map(({ Name, Required, DefaultValue, PresenceValue }) => [
    Name,
    String(Required),
    DefaultValue,
    PresenceValue,
  ]);
  return table(['NAME', 'REQUIRED', 'DEFAULT VALUE', 'ALTERNATE VALUE'], rows);
}
