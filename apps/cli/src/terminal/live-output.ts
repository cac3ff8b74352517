import type { DeploymentData, ProgressEventData, StackData } from '@ushadow/contracts';
import type { Surroundings } from '../command.ts';
import type { ProgressOutput } from '../gateway/follow.ts';
import { describeOutcome } from './describe-outcome.ts';
import type { Paint, Style } from './paint.ts';
import type { ServiceStates } from './service-states.ts';

const ESCAPE = '\u001b[';
const WIDTH = 120;

const styles: Readonly<Record<string, Style>> = { failed: 'red', ready: 'bold', waiting: 'dim' };

/** A table of the services that is drawn anew with each thing that happens. */
export class LiveOutput implements ProgressOutput {
  private readonly surroundings: Pick<Surroundings, 'print'>;
  private readonly paint: Paint;
  private readonly states: ServiceStates;
  private drawn = 0;

  constructor(surroundings: Pick<Surroundings, 'print'>, paint: Paint, states: ServiceStates) {
    this.surroundings = surroundings;
    this.paint = paint;
    this.states = states;
  }

  readonly begin = ({ deployment_id: id }: DeploymentData): void => {
    this.surroundings.print(
      this.paint('dim', `Deployment ${id}. Ctrl-C leaves it running; ushadow cancel ${id} ends it.`) + '\n',
    );
    this.draw(this.block());
  };

  readonly progress = (event: ProgressEventData): void => {
    this.states.take(event);
    this.draw(this.block());
  };

  readonly lost = (): void => {
    this.draw([...this.block(), this.paint('yellow', 'The connection is lost; trying again.')]);
  };

  readonly end = (deployment: DeploymentData, stack?: StackData): void => {
    this.draw(this.block());
    this.surroundings.print(describeOutcome(deployment, stack, this.states, this.paint));
  };

  private block(): string[] {
    const { stage, rows } = this.states;
    const width = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length));
    const [names, states, counts] = [
      width(rows.map(({ service }) => service)),
      width(rows.map(({ state }) => state)),
      width(rows.map(({ ready }) => ready)),
    ];
    return [
      this.paint('bold', stage),
      ...rows.map(({ service, state, ready, message }) => {
        const columns = [service.padEnd(names), state.padEnd(states), ready.padEnd(counts), message];
        const text = `  ${columns.join('  ').replaceAll('\n', ' ').trimEnd()}`.slice(0, WIDTH);
        const style = styles[state];
        return style === undefined ? text : this.paint(style, text);
      }),
    ];
  }

  private draw(lines: readonly string[]): void {
    const back = this.drawn === 0 ? '' : `${ESCAPE}${String(this.drawn)}A`;
    // What is left of a longer line before, and of lines below, is cleared.
    const text = lines.map((line) => `${line}${ESCAPE}K\n`).join('');
    this.surroundings.print(`${back}${text}${ESCAPE}J`);
    this.drawn = lines.length;
  }
}
