import type { LogLineData, LogSourceData } from '@ushadow/contracts';
import { withoutColours } from '@ushadow/logs';

/** A line as the page shows it. */
export interface ShownLine {
  /** Grows by one with each line that was received. */
  readonly number: number;
  readonly time: string;
  readonly from: string;
  /** Which of the colours. */
  readonly hue: number;
  readonly text: string;
}

export const LINES_MAX = 10_000;
export const HUES = 8;
/** What a browser lays out in one line; the download has all of it. */
const SHOWN_MAX = 20_000;

type Received = LogLineData & { readonly from: LogSourceData };

/** The last lines of all that were received; the oldest make way. */
export class LineRing {
  private readonly max: number;
  private readonly hues = new Map<string, number>();
  private lines: ShownLine[] = [];
  private received = 0;

  constructor(max = LINES_MAX) {
    this.max = max;
  }

  push(lines: readonly Received[]): void {
    for (const line of lines) this.lines.push(this.shown(line));
    // Now and then, not with each line.
    if (this.lines.length > this.max * 1.2) this.lines = this.lines.slice(-this.max);
  }

  /** A list that does not change any more. */
  newest(): readonly ShownLine[] {
    return this.lines.slice(-this.max);
  }

  private shown({ from, time, text, cut }: Received): ShownLine {
    const name = from.kind === 'main' ? from.pod : `${from.pod}/${from.container}`;
    const hue = this.hues.get(name) ?? this.hues.size % HUES;
    this.hues.set(name, hue);
    const plain = withoutColours(text);
    const left = (cut ?? 0) + Math.max(0, plain.length - SHOWN_MAX);
    const rest = left === 0 ? '' : ` … ${String(left)} more`;
    return { number: ++this.received, time, from: name, hue, text: `${plain.slice(0, SHOWN_MAX)}${rest}` };
  }
}
