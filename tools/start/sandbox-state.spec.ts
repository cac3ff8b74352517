import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sandbox } from '@ushadow/contracts';
import { silentProgress, withStep } from '@ushadow/testing/servers';
import { SandboxState, watchedProgress } from './sandbox-state.ts';

let folder: string;
let state: SandboxState;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-state-'));
  state = new SandboxState(join(folder, 'sandbox.json'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const written = () => sandbox.parse(JSON.parse(readFileSync(join(folder, 'sandbox.json'), 'utf8')));

describe('what the start command says of the sandbox cluster', () => {
  it('is what is being done, and since when it is being made', async () => {
    state.making('waiting');
    const { since } = written();
    const progress = watchedProgress(silentProgress, (line) => state.making(line));
    await withStep(progress, 'building etcd', async (step) => {
      expect(written()).toEqual({ state: 'making', since, doing: 'building etcd', reason: null, remedy: null });
      step.update('7 packages compiled');
      expect(written()).toMatchObject({ since, doing: 'building etcd, 7 packages compiled' });
    });
  });

  it('is why there is none and what to do, that it is there, or that none is wanted', () => {
    state.failed('no Go', 'install it');
    expect(written()).toMatchObject({ state: 'failed', doing: null, reason: 'no Go', remedy: 'install it' });
    state.ready();
    expect(written()).toMatchObject({ state: 'ready', reason: null, remedy: null, since: expect.any(String) });
    state.off();
    expect(written()).toMatchObject({ state: 'off' });
    expect(readdirSync(folder)).toEqual(['sandbox.json']);
  });
});
