import { styleText } from 'node:util';
import type { LogLineData, LogSourceData } from '@ushadow/contracts';
import { withoutColours } from '@ushadow/logs';
import type { CommandContext } from '../command.ts';
import { visibleText } from './terminal-text.ts';

export type NamedLine = LogLineData & { readonly from: LogSourceData };

export interface LogLook {
  /** As far as the terminal has some. */
  readonly colours: boolean;
  readonly prefix: boolean;
  readonly timestamps: boolean;
}

const COLOURS = [
  ...(['cyan', 'yellow', 'green', 'magenta', 'blue'] as const),
  ...(['cyanBright', 'yellowBright', 'greenBright', 'magentaBright', 'blueBright'] as const),
];
const RESET = '\u001b[0m';
const ESCAPE = '\u001b';

/** Lines as `docker compose logs` shows them: each after the name of who wrote it, in a colour of its own. */
export class LogOutput {
  private readonly look: LogLook;
  private readonly hasColours: boolean;
  private readonly styleOf = new Map<string, (typeof COLOURS)[number]>();
  private width = 0;

  constructor({ isTerminal, environment }: Pick<CommandContext, 'isTerminal' | 'environment'>, look: LogLook) {
    this.look = look;
    this.hasColours = look.colours && isTerminal && !environment['NO_COLOR'];
  }

  text(lines: readonly NamedLine[]): string {
    return lines.map((line) => this.line(line)).join('');
  }

  /** What a cluster says of a container is somebody else's text too. */
  notice(message: string): string {
    const shown = visibleText(message);
    return this.hasColours ? styleText('dim', shown, { validateStream: false }) : shown;
  }

  private line({ from, time, text, cut }: NamedLine): string {
    const coloured = text.includes(ESCAPE) ? `${text}${RESET}` : text;
    const shown = this.hasColours ? coloured : withoutColours(text);
    const rest = cut === undefined ? '' : ` … ${String(cut)} more bytes`;
    const when = this.look.timestamps ? `${time} ` : '';
    return `${this.look.prefix ? this.prefixOf(from) : ''}${when}${shown}${rest}\n`;
  }

  private prefixOf({ pod, container, kind }: LogSourceData): string {
    const name = kind === 'main' ? pod : `${pod}/${container}`;
    this.width = Math.max(this.width, name.length);
    const prefix = `${name.padEnd(this.width)}  | `;
    if (!this.hasColours) return prefix;
    const style = this.styleOf.get(name) ?? COLOURS[this.styleOf.size % COLOURS.length] ?? 'cyan';
    this.styleOf.set(name, style);
    return styleText(style, prefix, { validateStream: false });
  }
}

/** One JSON value a line. */
export function jsonLine({ from, time, text, cut }: NamedLine): string {
  const { service, pod, container } = from;
  return `${JSON.stringify({ time, service, pod, container, text, ...(cut === undefined ? {} : { cut }) })}\n`;
}
