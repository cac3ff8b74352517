import type { ProgressEventData } from '@ushadow/contracts';
import { visibleText } from './visible-text.ts';

/** What is to be seen of a deployment at the moment, from its events alone. */
export class LiveState {
  private readonly known = new Map<string, string>();
  private readonly raised = new Map<string, string>();
  private stageText = 'Waiting for a worker';

  get stage(): string {
    return this.stageText;
  }

  get objects(): { readonly name: string; readonly text: string }[] {
    return [...this.known].map(([name, text]) => ({ name, text }));
  }

  get causes(): string[] {
    return [...this.raised.values()];
  }

  take({ type, message, data }: ProgressEventData): void {
    const text = visibleText(message);
    if (type === 'stage.started' || type === 'ending.requested') this.stageText = text;
    if (type.startsWith('object.')) this.takeObject(text, data);
    const id = causeId(type, data);
    if (id === undefined) return;
    if (type === 'cause.raised') this.raised.set(id, text);
    else this.raised.delete(id);
  }

  /** The message of an event about an object begins with its name. */
  private takeObject(text: string, data: ProgressEventData['data']): void {
    const colon = text.indexOf(': ');
    if (colon < 0 || typeof data['object'] !== 'object') return;
    this.known.set(text.slice(0, colon), text.slice(colon + 2));
  }
}

function causeId(type: string, data: ProgressEventData['data']): string | undefined {
  if (type !== 'cause.raised' && type !== 'cause.cleared') return undefined;
  const holder = type === 'cause.raised' ? data['cause'] : data;
  const id: unknown = (holder as { readonly id?: unknown } | undefined)?.id;
  return typeof id === 'string' ? id : undefined;
}
