import type { DeployEvent, SourcePlace } from '@ushadow/deploy-engine';
import { formatObjectId } from '@ushadow/kubernetes';

type Describe = { readonly [T in DeployEvent['type']]: (event: Extract<DeployEvent, { type: T }>) => string };

const stages = {
  plan: 'Planning',
  apply: 'Applying',
  wait: 'Waiting for the rollout',
  prune: 'Removing what is no longer wanted',
  rollback: 'Rolling back',
} as const;

const describe: Describe = {
  'stage.started': ({ stage }) => stages[stage],
  'stage.ended': ({ stage, ms }) => `${stages[stage]}: done in ${String(Math.round(ms))} ms`,
  'plan.made': ({ counts }) => `Plan: ${countsText(counts)}`,
  'object.planned': ({ object, action }) => `${formatObjectId(object)}: ${action}`,
  'object.applied': ({ object, outcome }) => `${formatObjectId(object)}: ${outcome}`,
  'object.status': ({ object, state, message }) => `${formatObjectId(object)}: ${message === '' ? state : message}`,
  'object.deleted': ({ object, reason }) => `${formatObjectId(object)}: deleted (${reason})`,
  'cause.raised': ({ cause }) => `${formatObjectId(cause.object)}: ${cause.message}${placeText(cause.source)}`,
  'cause.cleared': ({ object, code }) => `${formatObjectId(object)}: ${code} has cleared`,
  retry: () => 'The API server could not answer; trying again',
  'watch.lost': ({ kind, reason }) => `Lost sight of ${kind}: ${reason}`,
  'watch.regained': ({ kind }) => `Sees ${kind} again`,
  warning: ({ message }) => message,
  log: ({ object, container }) => `${formatObjectId(object)}: last lines of ${container}`,
  verdict: ({ verdict, failure }) => failure?.message ?? `Rollout ${verdict}`,
};

/** One line for people about an event. */
export function describeProgress(event: DeployEvent): string {
  // The table has a function for each type; the compiler cannot follow the pairing through an index.
  return (describe[event.type] as (event: DeployEvent) => string)(event);
}

/** ` (compose.yaml:12:5)` */
function placeText(source: SourcePlace | undefined): string {
  if (source?.file === undefined) return '';
  const place = [source.file, source.line, source.column].filter((part) => part !== undefined);
  return ` (${place.join(':')})`;
}

function countsText(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  return parts.length === 0 ? 'nothing to do' : parts.map(([action, count]) => `${String(count)} ${action}`).join(', ');
}
