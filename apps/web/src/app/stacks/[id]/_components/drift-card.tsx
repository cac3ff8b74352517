'use client';

import type { DriftData, DriftedObjectData, StackChangeData } from '@ushadow/contracts';
import { useRouter } from 'next/navigation';
import { api } from '../../../../api/client.ts';
import { useAction, type Action } from '../../../../api/use-action.ts';
import { useQuery } from '../../../../api/use-query.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Card } from '../../../../ui/card.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import { FieldStack } from '../../../../ui/field.tsx';
import { ObjectName } from '../../../../ui/object-name.tsx';
import { Table } from '../../../../ui/table.tsx';
import { TimeAgo } from '../../../../ui/time-ago.tsx';
import { RunningDeployment } from '../../../deployments/_components/running-deployment.tsx';
import styles from './drift-card.module.css';

type Change = Action<[change: StackChangeData]>;

/** What others have changed of a stack since its last good deployment, and what to do about it: each as a plan first. */
export function DriftCard({ stackId }: { readonly stackId: string }) {
  const router = useRouter();
  const { data, error, reload, replace } = useQuery('getDrift', { stack_id: stackId }, { pollMs: 15_000 });
  const check = useAction(async () => {
    replace(await api.checkDrift({ stack_id: stackId }));
  });
  const change = useAction(async (asked: StackChangeData) => {
    const { plan_id: id } = await api.planChange({ stack_id: stackId, change: asked });
    router.push(`/plans/${id}`);
  });
  const problem = check.error ?? change.error ?? error;
  return (
    <div id="drift">
      <Card
        title="Drift"
        testId="stack-drift"
        aside={
          <Button small icon="refresh" busy={check.busy} data-testid="check-drift-btn" onClick={() => void check.run()}>
            Compare now
          </Button>
        }
      >
        <FieldStack>
          {problem === undefined ? null : (
            <ErrorNotice
              error={problem}
              onRetry={reload}
              testId="drift-error"
              actions={<RunningDeployment error={problem} />}
            />
          )}
          {data === undefined && problem === undefined ? <p role="status">Loading…</p> : null}
          {data === undefined ? null : <Found drift={data} change={change} />}
        </FieldStack>
      </Card>
    </div>
  );
}

function Found({ drift, change }: { readonly drift: DriftData; readonly change: Change }) {
  const { state, checked_at: at, since, count, objects, unseen } = drift;
  const looked = at === null ? null : <TimeAgo at={at} />;
  const blind = unseen.length === 0 ? null : <p>Not compared, since it may not be looked at: {unseen.join(', ')}.</p>;
  if (state === 'unknown') return blind ?? <p>It was not compared since its last deployment.</p>;
  if (state === 'none') return <p data-testid="drift-none">Everything is as it was deployed. Compared {looked}.</p>;
  return (
    <>
      <p data-testid="drift-found">
        {count === 1 ? '1 object is' : `${String(count)} objects are`} not as deployed
        {since === null ? '' : ', since '}
        {since === null ? null : <TimeAgo at={since} />}. Compared {looked}.
      </p>
      <div className={styles['actions']}>
        <Button
          variant="primary"
          busy={change.busy}
          data-testid="repair-all-btn"
          onClick={() => void change.run({ kind: 'repair' })}
        >
          Bring it all back…
        </Button>
        <AdoptAll objects={objects} change={change} />
      </div>
      {objects.map((object) => (
        <DriftedObject key={object.object} drifted={object} change={change} />
      ))}
      {blind}
    </>
  );
}

/** What is gone, or somebody else's, cannot be adopted: the rest can. */
function AdoptAll({ objects, change }: { readonly objects: readonly DriftedObjectData[]; readonly change: Change }) {
  const changed = objects.filter(({ state }) => state === 'changed');
  if (changed.length === 0) return null;
  const asked: StackChangeData =
    changed.length === objects.length
      ? { kind: 'adopt' }
      : { kind: 'adopt', drifted: changed.map(({ object }) => ({ object })) };
  return (
    <Button busy={change.busy} data-testid="adopt-all-btn" onClick={() => void change.run(asked)}>
      {changed.length === objects.length ? 'Adopt all of it…' : 'Adopt what is changed…'}
    </Button>
  );
}

const LABELS = { missing: 'gone', changed: 'changed', taken: 'held by somebody else' } as const;

function DriftedObject({ drifted, change }: { readonly drifted: DriftedObjectData; readonly change: Change }) {
  const { object, state, reason, fields } = drifted;
  return (
    <section className={styles['object']} data-testid={`drifted-${object}`}>
      <div className={styles['head']}>
        <ObjectName of={object} /> <Badge tone={state === 'changed' ? 'warn' : 'bad'}>{LABELS[state]}</Badge>
        {state === 'taken' ? null : (
          <Button
            variant="link"
            disabled={change.busy}
            data-testid={`repair-${object}`}
            onClick={() => void change.run({ kind: 'repair', drifted: [{ object }] })}
          >
            Bring it back…<span className="visually-hidden"> {object}</span>
          </Button>
        )}
      </div>
      {reason === null ? null : <p>{reason}</p>}
      {fields.length === 0 ? null : (
        <Table label={`Drift of ${object}`} columns={['Field', 'Deployed', 'Now', 'Changed by', 'Actions']}>
          {fields.map((field) => (
            <tr key={field.path}>
              <td data-label="Field">
                <code>{field.path}</code>
              </td>
              <td data-label="Deployed">
                <Value value={field.wanted} isAbsent={field.change === 'added'} />
              </td>
              <td data-label="Now">
                <Value value={field.live} isAbsent={field.change === 'removed'} />
              </td>
              <td data-label="Changed by">
                {field.manager ?? 'not known'} {field.since === null ? null : <TimeAgo at={field.since} />}
              </td>
              <td data-label="Actions">
                <Button
                  variant="link"
                  disabled={change.busy}
                  data-testid={`adopt-${object}-${field.path}`}
                  onClick={() => void change.run({ kind: 'adopt', drifted: [{ object, fields: [field.path] }] })}
                >
                  Adopt…<span className="visually-hidden"> {field.path}</span>
                </Button>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}

function Value({ value, isAbsent }: { readonly value: string | null; readonly isAbsent: boolean }) {
  if (isAbsent) return <span className={styles['muted']}>not there</span>;
  if (value === null) return <span className={styles['muted']}>secret, not shown</span>;
  return <code className={styles['value']}>{value}</code>;
}
