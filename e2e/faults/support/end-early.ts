import { DomainError, operations } from '@ushadow/contracts';
import type { ApiCall, ApiFault, Moment } from '@ushadow/testing';
import type { Bench } from './bench.ts';
import { checkBoundary, type Heard } from './check-boundary.ts';
import { checkProperties } from './check-properties.ts';
import { isDeployers } from './kill-matrix.ts';
import type { KillScenario, PreparedRun } from './kill-scenarios.ts';
import type { DeploymentRow } from './store-view.ts';
import { until } from './until.ts';

/** How somebody wants a deployment to end: with the last good state, with what is there, or with another one in its place. */
export const END_REQUESTS = ['go back', 'leave', 'supersede'] as const;
export type EndRequest = (typeof END_REQUESTS)[number];

export interface EndCase {
  /** The number of the deployment's call during which the request comes, from 1. */
  readonly at: number;
  readonly moment: Moment;
  readonly request: EndRequest;
}

export interface EndOutcome {
  /** False when the deployment made fewer calls, or had its verdict before it was asked. */
  readonly asked: boolean;
  /** It ended before it would have. */
  readonly early: boolean;
  readonly violations: readonly string[];
}

const HEARD_MS = 15_000;
const RENEWALS = 2;

/** Asks one deployment to end during one of its calls, which goes on once its worker has heard of it; checks everything. */
export async function endEarly(
  bench: Bench,
  scenario: KillScenario,
  { at, moment, request }: EndCase,
): Promise<EndOutcome> {
  const run = await scenario.prepare(bench);
  const aimed = Promise.withResolvers<string>();
  let count = 0;
  let asked: Promise<Asked> | undefined;
  bench.api.forget();
  bench.api.setRule((call): ApiFault | undefined => {
    if (!isDeployers(call) || ++count !== at) return undefined;
    const hold = async (): Promise<undefined> => {
      asked = aimed.promise.then((id) => ask(bench, { id, request, during: call, follow: run.follow }));
      await asked;
    };
    return { kind: 'call-back', moment, run: hold };
  });
  const id = await run.deploy();
  aimed.resolve(id);
  const row = await bench.ended(id);
  const outcome = await asked;
  bench.api.setRule(undefined);
  const boundary =
    outcome?.heard === undefined
      ? []
      : await checkBoundary(bench, row, { ...outcome.heard, goesBack: request === 'go back' });
  const next = request === 'go back' ? [] : await followed(bench, run, outcome?.successor);
  const wrong = outcome?.heard === undefined ? run.verdict(row) : wrongEnd(row, request, run.verdict(row));
  const own = (await run.violations?.()) ?? [];
  const found = [...boundary, ...next, ...own, ...(await checkProperties(bench))];
  const violations = [...found, ...(wrong === undefined ? [] : [wrong])];
  return { asked: outcome?.heard !== undefined, early: isEarly(row), violations };
}

interface Asked {
  readonly heard: Omit<Heard, 'goesBack'> | undefined;
  /** The deployment that takes its place. */
  readonly successor: string | undefined;
}

interface Question {
  readonly id: string;
  readonly request: EndRequest;
  readonly during: ApiCall;
  readonly follow: PreparedRun['follow'];
}

/** Resolves when the worker knows: a request is told with each renewal of the lease, and the next one follows its answer. */
async function ask(bench: Bench, { id, request, during, ...question }: Question): Promise<Asked> {
  let successor: string | undefined;
  if (request === 'supersede') successor = await question.follow({ supersede: true });
  else if (!(await cancel(bench, id, request === 'go back'))) return { heard: undefined, successor };
  // Counted from when the request can be seen: the first may have begun before, the next one brings it.
  let before: number | undefined;
  const reported = async (): Promise<boolean | undefined> => {
    const { finished_at: finished } = await bench.store.deployment(id);
    const isRequested = (await bench.store.events(id)).some(({ type }) => type === 'ending.requested');
    const renewals = (await bench.store.leases()).filter((lease) => lease.deployment_id === id).length;
    if (isRequested) before ??= renewals;
    return (before !== undefined && renewals >= before + RENEWALS) || finished !== null ? true : undefined;
  };
  await until(`the worker of ${id} to hear that it is to end`, reported, HEARD_MS);
  const { ending } = await bench.store.deployment(id);
  const heard = ending === null ? undefined : { during, callsBefore: bench.api.calls().length };
  return { heard, successor };
}

/** False when it has ended already. */
async function cancel(bench: Bench, id: string, rollback: boolean): Promise<boolean> {
  const context = { requestId: `cancel ${id}`, actor: 'fault-test' };
  try {
    await bench.caller.call(operations.cancelDeployment, { deployment_id: id, rollback }, context);
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'DEPLOYMENT_ENDED') return false;
    throw error;
  }
}

/** What follows takes the place over in order: the successor that was asked for, or the next deployment after one that was left. */
async function followed(bench: Bench, { follow }: PreparedRun, successor: string | undefined): Promise<string[]> {
  const { status, verdict } = await bench.ended(successor ?? (await follow()));
  return status === 'succeeded' ? [] : [`the one that followed: ${JSON.stringify(verdict)}`];
}

const isEarly = ({ status, verdict }: DeploymentRow): boolean =>
  status === 'cancelled' || status === 'superseded' || verdict?.rollback?.status === 'cancelled';

/** A request that comes too late changes nothing; of one that has failed already only the way back can be cut short. */
function wrongEnd(row: DeploymentRow, request: EndRequest, otherwise: string | undefined): string | undefined {
  const { status, verdict } = row;
  const back = verdict?.rollback?.status;
  const isAsRequested = {
    'go back': status === 'cancelled' && (back === undefined || back === 'succeeded'),
    leave: status === 'cancelled' && back === undefined,
    supersede: status === 'superseded' && back === undefined,
  }[request];
  const isCutShort = request !== 'go back' && status === 'failed' && back === 'cancelled';
  return isAsRequested || isCutShort ? undefined : otherwise;
}
