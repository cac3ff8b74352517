import type { Tone } from '../../../../ui/styling.ts';

const known: Readonly<Record<string, Tone>> = {
  Running: 'ok',
  Succeeded: 'ok',
  Completed: 'ok',
  Pending: 'info',
  Starting: 'info',
  ContainerCreating: 'info',
  PodInitializing: 'info',
  Terminating: 'neutral',
  Unknown: 'neutral',
};

/** The colour of a pod's status. Reasons that Kubernetes gives for trouble are many, their words are few. */
export function podTone(status: string): Tone {
  return (
    known[status] ?? (/err|fail|backoff|kill|invalid|evict|unschedul|cannot|can't/i.test(status) ? 'bad' : 'neutral')
  );
}
