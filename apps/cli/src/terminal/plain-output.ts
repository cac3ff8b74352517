import type { Surroundings } from '../command.ts';
import type { ProgressOutput } from '../gateway/follow.ts';
import { describeDeployment, verdictLines } from './describe-deployment.ts';
import type { Paint } from './paint.ts';
import { visibleText } from './visible-text.ts';

/** A line for each thing that happens, as a pipe or a log wants it. */
export function plainOutput({ print, printError }: Surroundings, paint: Paint): ProgressOutput {
  return {
    progress: ({ time, message, type }) => {
      if (type !== 'verdict') print(`${paint('dim', time.slice(11, 19))} ${visibleText(message)}\n`);
    },
    lost: () => {
      printError('The connection is lost; trying again.\n');
    },
    end: (deployment) => {
      const lines = [describeDeployment(deployment), ...verdictLines(deployment).map((line) => `  ${line}`)];
      print(lines.map((line) => `${visibleText(line)}\n`).join(''));
    },
  };
}
