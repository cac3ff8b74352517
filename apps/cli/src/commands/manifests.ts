import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Refusal, type ExitCode, type CommandContext, type OptionTable } from '../command.ts';
import {
  GATEWAY_OPTIONS,
  GATEWAY_USAGE,
  parseCommandLine,
  STACK_OPTIONS,
  STACK_USAGE,
} from '../gateway/command-line.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway } from '../gateway/with-gateway.ts';

export const usage = `Usage: ushadow manifests [REVISION|TAG] [OPTIONS]

Prints the manifests of a revision of a stack, of the current one unless named; values of Secrets are masked.

  -o, --output FOLDER        a file for each object in this folder instead
${STACK_USAGE}${GATEWAY_USAGE}`;

export const options = {
  ...GATEWAY_OPTIONS,
  ...STACK_OPTIONS,
  output: { type: 'string', short: 'o' },
} as const satisfies OptionTable;

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options, 1);
  const [ref = 'current'] = positionals;
  return withGateway(values.api, context, async (gateway) => {
    const { client } = gateway;
    const { stack_id } = (await findStack(gateway, [], values, context)).stack;
    const listed = await client.listManifests({ stack_id, revision: ref });
    const place = { stack_id, revision: String(listed.revision) };
    if (values.json === true && values.output === undefined) {
      context.print(`${JSON.stringify(listed)}\n`);
      return 0;
    }
    const files: { readonly name: string; readonly content: string }[] = [];
    for (const { name } of listed.files) files.push(await client.getManifest({ ...place, name }));
    if (values.output === undefined) {
      context.print(files.map(({ content }) => content).join('---\n'));
      return 0;
    }
    const folder = resolve(context.workingDirectory, values.output);
    writeAll(folder, files);
    const { revision } = listed;
    const written = { revision, folder: values.output, files: files.map(({ name }) => name) };
    const text = `${String(files.length)} manifests of revision ${String(revision)} in ${values.output}`;
    context.print(values.json === true ? `${JSON.stringify(written)}\n` : `${text}\n`);
    return 0;
  });
}

function writeAll(folder: string, files: readonly { readonly name: string; readonly content: string }[]): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const { name, content } of files) {
      // The gateway is asked for names; none of them may lead elsewhere.
      if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) throw new Refusal(`${name} is no name of a file.`);
      writeFileSync(join(folder, name), content);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`${folder} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
