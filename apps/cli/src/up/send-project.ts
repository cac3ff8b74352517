import { zip, type ZippedFile } from '@ushadow/compose-files';
import { readFileSync } from 'node:fs';
import { Refusal } from '../command.ts';
import type { Gateway } from '../gateway/with-gateway.ts';
import { visibleText } from '../terminal/terminal-text.ts';
import type { LocalProject } from './local-project.ts';
import type { SentValues } from './sent-values.ts';

const SHOWN_MAX = 20;

/** What leaves this machine: files, and variables by name. */
export function describeSending({ name, files, values, entry }: LocalProject): string {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const more = files.length - SHOWN_MAX;
  const lines = [
    `Sends ${name}: ${String(files.length)} file${files.length === 1 ? '' : 's'}, ${sizeText(bytes)}`,
    ...files.slice(0, SHOWN_MAX).map(({ path, size }) => `  ${path}  ${sizeText(size)}`),
    ...(more > 0 ? [`  and ${String(more)} more`] : []),
    ...(entry.environment.length > 0 ? [`  .env with ${entry.environment.join(', ')}`] : []),
    ...(entry.composeFile === undefined ? [] : ['  compose.yaml, made to begin with the files given']),
  ];
  return lines.map((line) => `${visibleText(line)}\n`).join('') + describeValues(values);
}

/** Which variables are sent, by name and where their values come from. */
export function describeValues({ variables, shell, env_file }: SentValues): string {
  const sources = [
    ['typed', variables],
    ['from this shell', shell],
    ['from env files', env_file],
  ] as const;
  const lines = sources.flatMap(([source, some]) => {
    const names = Object.keys(some);
    return names.length === 0 ? [] : [`Variables ${source}: ${names.join(', ')}\n`];
  });
  return visibleText(lines.join(''));
}

/** Takes the place of what the catalog has under the name. */
export async function sendProject({ client }: Gateway, project: LocalProject): Promise<void> {
  const archive = zip(contents(project)).toString('base64');
  await client.uploadProject({ name: project.name, archive, replace: true });
}

function contents({ files, entry }: LocalProject): readonly ZippedFile[] {
  const read = files.map(({ path, from, executable, text }) => ({
    ...{ path, executable },
    content: text === undefined ? contentOf(from, path) : Buffer.from(text),
  }));
  const made = (path: string, content: string): ZippedFile => ({
    path,
    content: Buffer.from(content),
    executable: false,
  });
  const composeFile = entry.composeFile === undefined ? [] : [made('compose.yaml', entry.composeFile)];
  if (entry.environment.length === 0) return [...read, ...composeFile];
  const own = read.find(({ path }) => path === '.env')?.content.toString() ?? '';
  const lines = [...(own === '' ? [] : [own]), '# Added by ushadow up:', ...entry.environment, ''];
  return [...read.filter(({ path }) => path !== '.env'), ...composeFile, made('.env', lines.join('\n'))];
}

function contentOf(from: string, path: string): Buffer {
  try {
    return readFileSync(from);
  } catch {
    throw new Refusal(`${path} cannot be read; nothing was sent.`);
  }
}

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
