import { Badge, type Tone } from '../../../../ui/badge.tsx';
import { Card } from '../../../../ui/card.tsx';
import type { IconName } from '../../../../ui/icon.tsx';
import { ObjectName } from '../../../../ui/object-name.tsx';
import { Table } from '../../../../ui/table.tsx';
import type { ObjectProgress } from '../_events/progress.ts';
import styles from './objects-card.module.css';

interface Look {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: IconName | 'spinner';
}

/** By what was last seen of an object, else by what was done to it, else by the plan. */
const stateLooks: Readonly<Record<string, Look>> = {
  pending: { word: 'Pending', tone: 'info', icon: 'clock' },
  progressing: { word: 'Progressing', tone: 'info', icon: 'spinner' },
  ready: { word: 'Ready', tone: 'ok', icon: 'check' },
  failed: { word: 'Failed', tone: 'bad', icon: 'cross' },
  deleting: { word: 'Deleting', tone: 'warn', icon: 'spinner' },
};

const unchanged: Look = { word: 'Unchanged', tone: 'ok', icon: 'check' };

const outcomeLooks: Readonly<Record<string, Look>> = {
  created: { word: 'Created', tone: 'ok', icon: 'check' },
  configured: { word: 'Updated', tone: 'ok', icon: 'check' },
  recreated: { word: 'Recreated', tone: 'ok', icon: 'check' },
  unchanged,
  deleted: { word: 'Deleted', tone: 'neutral', icon: 'minus' },
  skipped: { word: 'Skipped', tone: 'neutral', icon: 'minus' },
  failed: { word: 'Failed', tone: 'bad', icon: 'cross' },
};

const notReady: Look = { word: 'Not ready', tone: 'bad', icon: 'cross' };
const waiting: Look = { word: 'Waiting', tone: 'neutral', icon: 'clock' };
/** The deployment has ended before it came to this object. */
const untouched: Look = { word: 'Not touched', tone: 'neutral', icon: 'minus' };

interface ObjectsCardProps {
  readonly objects: readonly ObjectProgress[];
  /** Whether the deployment has ended: nothing progresses any more then. */
  readonly isOver: boolean;
}

export function ObjectsCard({ objects, isOver }: ObjectsCardProps) {
  return (
    <Card title="Objects" aside={<span>{settledText(objects, isOver)}</span>} testId="objects" flush>
      {objects.length === 0 ? (
        <p className={styles['empty']}>What is deployed appears here.</p>
      ) : (
        <Table label="Objects" columns={['Object', 'Plan', 'Status']}>
          {objects.map((object) => (
            <ObjectRow key={object.name} object={object} isOver={isOver} />
          ))}
        </Table>
      )}
    </Card>
  );
}

function ObjectRow({ object, isOver }: { readonly object: ObjectProgress; readonly isOver: boolean }) {
  const look = lookOf(object, isOver);
  return (
    <tr data-testid={`object-${object.name}`}>
      <td data-label="Object">
        <ObjectName of={object.name} />
      </td>
      <td data-label="Plan" className={styles['plan']}>
        {object.action ?? '–'}
      </td>
      <td data-label="Status">
        <span>
          <Badge tone={look.tone} icon={look.icon}>
            {look.word}
          </Badge>
          {object.message === '' ? null : <span className={styles['message']}>{object.message}</span>}
        </span>
      </td>
    </tr>
  );
}

function lookOf({ state, outcome, action }: ObjectProgress, isOver: boolean): Look {
  if (isOver && (state === 'pending' || state === 'progressing')) return notReady;
  if (state !== null) return stateLooks[state] ?? { ...waiting, word: state };
  if (outcome !== null) return outcomeLooks[outcome] ?? { ...waiting, word: outcome };
  if (action === 'unchanged') return unchanged;
  return isOver ? untouched : waiting;
}

function settledText(objects: readonly ObjectProgress[], isOver: boolean): string {
  const looks = objects.map((object) => lookOf(object, isOver));
  const settled = looks.filter(
    (look) => look !== waiting && look !== untouched && (look.tone === 'ok' || look.tone === 'neutral'),
  );
  return objects.length === 0 ? '' : `${String(settled.length)} of ${String(objects.length)} done`;
}
