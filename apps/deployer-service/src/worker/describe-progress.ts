import type { DeployEvent } from '@ushadow/deploy-engine';
import { formatObjectId } from '@ushadow/kubernetes';

const stages = {
  plan: 'Planning',
  apply: 'Applying',
  wait: 'Waiting for the rollout',
  prune: 'Removing what is no longer wanted',
  rollback: 'Rolling back',
} as const;

/** One line for people about an event. */
export function describeProgress(event: DeployEvent): string {
  switch (event.type) {
    case 'stage.started':
      return stages[event.stage];
    case 'stage.ended':
      return `${stages[event.stage]}: done in ${String(Math.round(event.ms))} ms`;
    case 'plan.made':
      return `Plan: ${countsText(event.counts)}`;
    case 'object.planned':
      return `${formatObjectId(event.object)}: ${event.action}`;
    case 'object.applied':
      return `${formatObjectId(event.object)}: ${event.outcome}`;
    case 'object.status':
      return `${formatObjectId(event.object)}: ${event.message === '' ? event.state : event.message}`;
    case 'object.deleted':
      return `${formatObjectId(event.object)}: deleted (${event.reason})`;
    case 'cause.raised':
      return `${formatObjectId(event.cause.object)}: ${event.cause.message}`;
    case 'cause.cleared':
      return `${formatObjectId(event.object)}: ${event.code} has cleared`;
    case 'retry':
      return 'The API server could not answer; trying again';
    case 'sight.lost':
      return `Lost sight of ${event.kind}: ${event.reason}`;
    case 'sight.regained':
      return `Sees ${event.kind} again`;
    case 'warning':
      return event.message;
    case 'log':
      return `${formatObjectId(event.object)}: last lines of ${event.container}`;
    case 'verdict':
      return event.failure?.message ?? `Rollout ${event.verdict}`;
  }
}

function countsText(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  return parts.length === 0 ? 'nothing to do' : parts.map(([action, count]) => `${String(count)} ${action}`).join(', ');
}
