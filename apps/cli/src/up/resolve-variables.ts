import { randomBytes } from 'node:crypto';
import type { OutputOf, ProjectVariableData, operations } from '@ushadow/contracts';
import { Refusal, type Ask, type CommandContext } from '../command.ts';
import { visibleText } from '../terminal/terminal-text.ts';

type Answer = OutputOf<typeof operations.projectVariables>;

/** Asks for what is missing, on a terminal; elsewhere says all that is missing and what to do. */
export async function resolveVariables(
  { variables, unresolved, problems }: Answer,
  { ask, printError }: Pick<CommandContext, 'ask' | 'printError'>,
): Promise<Readonly<Record<string, string>>> {
  for (const { code, message } of problems) printError(`${visibleText(`warning ${code} ${message}`)}\n`);
  for (const variable of variables) if (variable.weak !== null) printError(`${weakLine(variable)}\n`);
  const missing = variables.filter(({ name }) => unresolved.includes(name));
  if (missing.length === 0) return {};
  if (ask === undefined) throw new Refusal(refusalText(missing));
  const given: [string, string][] = [];
  for (const variable of missing) given.push([variable.name, await askFor(variable, { ask, printError })]);
  return Object.fromEntries(given);
}

function weakLine(variable: ProjectVariableData): string {
  const { name, weak } = variable;
  return visibleText([`warning WEAK_SECRET ${name} ${weak ?? ''}`, placesText(variable)].filter(Boolean).join(' '));
}

function refusalText(missing: readonly ProjectVariableData[]): string {
  const lines = missing.map((variable) => {
    const { name, required_message: message } = variable;
    return visibleText(`  ${[name, placesText(variable), message ?? ''].filter(Boolean).join(' ')}`);
  });
  return [
    'These variables need a value; nothing was deployed:',
    ...lines,
    'Give each with -e NAME=VALUE, in .env, with --env-file, or in this shell.',
  ].join('\n');
}

/** `(compose.yaml:4, compose.yaml:9)` */
function placesText({ uses }: ProjectVariableData): string {
  const places = new Set(uses.map(placeOfUse).filter((place) => place !== ''));
  return places.size === 0 ? '' : `(${[...places].join(', ')})`;
}

/** `compose.yaml:4`; empty where it is not known. */
export function placeOfUse({ file, line }: ProjectVariableData['uses'][number]): string {
  if (file === null) return '';
  return line === null ? file : `${file}:${String(line)}`;
}

interface Asking {
  readonly ask: Ask;
  readonly printError: CommandContext['printError'];
}

async function askFor(variable: ProjectVariableData, { ask, printError }: Asking): Promise<string> {
  const { name, is_secret: hidden, required_message: message } = variable;
  const about = [placesText(variable), message ?? ''].filter(Boolean).join(' ');
  printError(`${visibleText(`${name} needs a value ${about}`.trimEnd())}\n`);
  const question = hidden ? `${name} (not shown; Enter for a generated one): ` : `${name}: `;
  for (;;) {
    const answer = await ask(question, { hidden });
    if (answer === undefined) throw new Refusal('Nothing was deployed.');
    if (answer !== '') return answer;
    if (!hidden) continue;
    printError(`${name}: generated; it is kept with the stack and not shown.\n`);
    return makeSecret();
  }
}

/** A password that nobody guesses. */
async function makeSecret(): Promise<string> {
  const { bytesFor, secretFormats, secretFrom } = await import('@ushadow/environment');
  const { password } = secretFormats;
  return secretFrom(password, randomBytes(bytesFor(password)));
}
