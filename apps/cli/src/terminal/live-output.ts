import type { DeploymentData, ProgressEventData, StackData } from '@ushadow/contracts';
import type { CommandContext } from '../command.ts';
import type { ProgressOutput } from '../gateway/follow.ts';
import { describeOutcome } from './describe-outcome.ts';
import type { TextStyler, Style } from './terminal-text.ts';
import type { ServiceRow, ServiceStates } from './service-states.ts';

const ESCAPE = '\u001b[';
/** Where the terminal does not say. */
const SIZE = { columns: 120, rows: 50 };
/** Lines of the block beside its services, and the one below it that the cursor stands in. */
const OTHER_LINES = 4;

const styles: Readonly<Record<string, Style>> = { failed: 'red', ready: 'bold', waiting: 'dim' };

/** A table of the services that is drawn anew with each thing that happens. */
export class LiveOutput implements ProgressOutput {
  private readonly context: Pick<CommandContext, 'print' | 'size'>;
  private readonly styled: TextStyler;
  private readonly states: ServiceStates;
  private drawn = 0;

  constructor(context: Pick<CommandContext, 'print' | 'size'>, styled: TextStyler, states: ServiceStates) {
    this.context = context;
    this.styled = styled;
    this.states = states;
  }

  readonly begin = ({ deployment_id: id }: DeploymentData): void => {
    this.context.print(
      this.styled('dim', `Deployment ${id}. Ctrl-C leaves it running; ushadow cancel ${id} ends it.`) + '\n',
    );
    this.draw(this.block());
  };

  readonly progress = (event: ProgressEventData): void => {
    this.states.take(event);
    this.draw(this.block());
  };

  readonly lost = (): void => {
    this.draw([...this.block(), this.styled('yellow', 'The connection is lost; trying again.')]);
  };

  readonly end = (deployment: DeploymentData, stack?: StackData): void => {
    this.draw(this.block());
    this.context.print(describeOutcome(deployment, stack, this.states, this.styled));
  };

  private block(): string[] {
    const size = this.context.size?.() ?? SIZE;
    const [columns, height] = [size.columns || SIZE.columns, size.rows || SIZE.rows];
    const { stage, rows } = this.states;
    const { shown, more } = fitting(rows, Math.max(1, height - OTHER_LINES));
    const width = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length));
    const [names, states, counts] = [
      width(rows.map(({ service }) => service)),
      width(rows.map(({ state }) => state)),
      width(rows.map(({ ready }) => ready)),
    ];
    const lines = shown.map(({ service, state, ready, message }) => {
      const cells = [service.padEnd(names), state.padEnd(states), ready.padEnd(counts), message];
      // A line that the terminal would break could not be drawn over.
      const text = `  ${cells.join('  ').replaceAll(/\s/g, ' ').trimEnd()}`.slice(0, columns - 1);
      const style = styles[state];
      return style === undefined ? text : this.styled(style, text);
    });
    return [this.styled('bold', stage.slice(0, columns - 1)), ...lines, ...more];
  }

  private draw(lines: readonly string[]): void {
    const back = this.drawn === 0 ? '' : `${ESCAPE}${String(this.drawn)}A`;
    // What is left of a longer line before, and of lines below, is cleared.
    const text = lines.map((line) => `${line}${ESCAPE}K\n`).join('');
    this.context.print(`${back}${text}${ESCAPE}J`);
    this.drawn = lines.length;
  }
}

/** What a terminal has room for: those that are done make way, and are counted. */
function fitting(
  rows: readonly ServiceRow[],
  room: number,
): { readonly shown: readonly ServiceRow[]; readonly more: readonly string[] } {
  if (rows.length <= room) return { shown: rows, more: [] };
  const isDone = ({ state }: ServiceRow): boolean => state === 'ready' || state === 'deleted';
  const first = [...rows.filter((row) => !isDone(row)), ...rows.filter(isDone)].slice(0, room);
  const chosen = new Set(first);
  const left = rows.filter((row) => !chosen.has(row));
  const counts = new Map<string, number>();
  for (const { state } of left) counts.set(state, (counts.get(state) ?? 0) + 1);
  const parts = [...counts].map(([state, count]) => `${String(count)} ${state}`);
  return { shown: rows.filter((row) => chosen.has(row)), more: [`  and ${parts.join(', ')}`] };
}
