import type { DeploymentData, ProgressEventData } from '@ushadow/contracts';
import type { Surroundings } from '../command.ts';
import type { ProgressOutput } from '../gateway/follow.ts';
import { describeDeployment, verdictLines } from './describe-deployment.ts';
import { LiveState } from './live-state.ts';
import type { Paint } from './paint.ts';
import { visibleText } from './visible-text.ts';

const ESCAPE = '\u001b[';
const WIDTH = 160;

/** A block of lines that is drawn anew with each thing that happens: the stage, each object, what stands in the way. */
export class LiveOutput implements ProgressOutput {
  private readonly surroundings: Pick<Surroundings, 'print'>;
  private readonly paint: Paint;
  private readonly state = new LiveState();
  private drawn = 0;

  constructor(surroundings: Pick<Surroundings, 'print'>, paint: Paint) {
    this.surroundings = surroundings;
    this.paint = paint;
  }

  readonly progress = (event: ProgressEventData): void => {
    this.state.take(event);
    this.draw(this.block());
  };

  readonly lost = (): void => {
    this.draw([...this.block(), this.paint('yellow', 'The connection is lost; trying again.')]);
  };

  readonly end = (deployment: DeploymentData): void => {
    const style = deployment.status === 'succeeded' ? 'bold' : 'red';
    const verdict = verdictLines(deployment).map((line) => `  ${visibleText(line)}`);
    this.draw([...this.block(), this.paint(style, visibleText(describeDeployment(deployment))), ...verdict]);
  };

  private block(): string[] {
    const { stage, objects, causes } = this.state;
    const width = Math.max(0, ...objects.map(({ name }) => name.length));
    return [
      this.paint('bold', stage),
      ...objects.map(({ name, text }) => `  ${name.padEnd(width)}  ${text}`.slice(0, WIDTH)),
      ...causes.map((cause) => this.paint('red', `  ${cause}`.slice(0, WIDTH))),
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
