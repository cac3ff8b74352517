import { parentPort } from 'node:worker_threads';
import { answerFor, READY, type AnswerMessage, type TaskMessage } from './messages.ts';
import { tasks } from './tasks.ts';

const byName: Readonly<Record<string, (input: never) => unknown>> = tasks;

/** One task at a time: the pool gives the next one when this one is answered. */
parentPort?.on('message', ({ name, input }: TaskMessage) => {
  parentPort?.postMessage(run(name, input));
});

parentPort?.postMessage(READY);

function run(name: string, input: unknown): AnswerMessage {
  try {
    return { output: byName[name]?.(input as never) };
  } catch (error) {
    return answerFor(error);
  }
}
