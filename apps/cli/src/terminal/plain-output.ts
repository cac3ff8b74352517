import type { DeploymentData, ProgressEventData, StackData } from '@ushadow/contracts';
import type { CommandContext } from '../command.ts';
import type { ProgressOutput } from '../gateway/follow.ts';
import { describeDeployment } from './describe-deployment.ts';
import { describeOutcome } from './describe-outcome.ts';
import type { ServiceStates } from './service-states.ts';
import { type TextStyler, visibleText } from './terminal-text.ts';

/** A line for each thing that happens, as a pipe or a log wants it. */
export class PlainOutput implements ProgressOutput {
  private readonly context: Pick<CommandContext, 'print' | 'printError'>;
  private readonly styled: TextStyler;
  private readonly states: ServiceStates;

  constructor(context: Pick<CommandContext, 'print' | 'printError'>, styled: TextStyler, states: ServiceStates) {
    this.context = context;
    this.styled = styled;
    this.states = states;
  }

  readonly begin = (deployment: DeploymentData): void => {
    this.context.print(`${visibleText(describeDeployment(deployment))}\n`);
  };

  readonly progress = (event: ProgressEventData): void => {
    this.states.take(event);
    const { time, message, type } = event;
    if (type !== 'verdict') this.context.print(`${this.styled('dim', time.slice(11, 19))} ${visibleText(message)}\n`);
  };

  readonly lost = (): void => {
    this.context.printError('The connection is lost; trying again.\n');
  };

  readonly end = (deployment: DeploymentData, stack?: StackData): void => {
    this.context.print(describeOutcome(deployment, stack, this.states, this.styled));
  };
}
