import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Ask } from '../command.ts';

/** What is typed to a hidden question is not shown. Undefined when the asked one gives up: Ctrl-C, Ctrl-D. */
export const askOnTerminal: Ask = async (question, { hidden = false } = {}) => {
  const output = hidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : process.stderr;
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return await new Promise((resolve) => {
      lines.once('line', resolve);
      lines.once('close', () => resolve(undefined));
      lines.once('SIGINT', () => resolve(undefined));
      if (hidden) process.stderr.write(question);
      lines.setPrompt(hidden ? '' : question);
      lines.prompt();
    });
  } finally {
    lines.close();
    if (hidden) process.stderr.write('\n');
  }
};
