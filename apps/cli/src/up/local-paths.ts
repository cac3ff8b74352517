import { relative } from 'node:path';
import { Refusal, type CommandContext } from '../command.ts';
import type { LocalProject } from './local-project.ts';

/** The catalog names a file below its project, `shop/compose.yaml`; whoever sits in its folder knows it as `compose.yaml`. */
export class LocalPaths {
  /** The given ones, with sent files named as they lie here. */
  readonly context: CommandContext;
  private readonly names = new Map<string, string>();
  private pattern: RegExp | undefined;

  /** `json`: what is printed is data, and left as it is. */
  constructor(context: CommandContext, json = false) {
    const { print, printError } = context;
    this.context = {
      ...context,
      print: json ? print : (text) => print(this.withLocalPaths(text)),
      printError: (text) => printError(this.withLocalPaths(text)),
    };
  }

  add({ name, files }: Pick<LocalProject, 'name' | 'files'>): void {
    for (const { path, from } of files)
      this.names.set(`${name}/${path}`, relative(this.context.workingDirectory, from));
    const longestFirst = [...this.names.keys()].sort((a, b) => b.length - a.length).map(escaped);
    this.pattern = new RegExp(`(?<![\\w./-])(?:${longestFirst.join('|')})(?![\\w/-])`, 'g');
  }

  /** A refusal names files as they lie here too. */
  async within<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof Refusal ? new Refusal(this.withLocalPaths(error.message), error.details) : error;
    }
  }

  private withLocalPaths(text: string): string {
    return this.pattern === undefined ? text : text.replace(this.pattern, (name) => this.names.get(name) ?? name);
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
