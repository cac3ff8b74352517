'use client';

import type { FoundImageData, StackChangeData, StackData } from '@ushadow/contracts';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../api/client.ts';
import { useAction } from '../../../../api/use-action.ts';
import { Button } from '../../../../ui/button.tsx';
import { Card } from '../../../../ui/card.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import { FieldStack } from '../../../../ui/field.tsx';
import { Table } from '../../../../ui/table.tsx';
import { RunningDeployment } from '../../../deployments/_components/running-deployment.tsx';
import styles from './drift-card.module.css';

/** What can be done with all of a stack, without its files. */
export function StackActions({ stack }: { readonly stack: StackData }) {
  const router = useRouter();
  const { stack_id } = stack;
  const [images, setImages] = useState<readonly FoundImageData[] | null>(null);
  const look = useAction(async () => {
    setImages((await api.checkImages({ stack_id })).images);
  });
  const plan = useAction(async (change: StackChangeData) => {
    const { plan_id: id } = await api.planChange({ stack_id, change });
    router.push(`/plans/${id}`);
  });
  const restart = useAction(async () => {
    const { deployment_id: id } = await api.changeStack({ stack_id, change: { kind: 'restart' } });
    router.push(`/deployments/${id}`);
  });
  const error = look.error ?? plan.error ?? restart.error;
  const isStopped = stack.services.some(({ health }) => health.state === 'stopped');
  const newer = (images ?? []).flatMap(({ service, found }) => (found === null ? [] : [[service, found] as const]));
  return (
    <Card title="All services" testId="stack-actions">
      <FieldStack>
        {error === undefined ? null : (
          <ErrorNotice error={error} testId="stack-actions-error" actions={<RunningDeployment error={error} />} />
        )}
        <div className={styles['actions']}>
          <Button icon="refresh" busy={restart.busy} data-testid="restart-all-btn" onClick={() => void restart.run()}>
            Restart all
          </Button>
          <Button busy={plan.busy} data-testid="stop-all-btn" onClick={() => void plan.run({ kind: 'stop' })}>
            Stop all…
          </Button>
          {isStopped ? (
            <Button busy={plan.busy} data-testid="start-all-btn" onClick={() => void plan.run({ kind: 'start' })}>
              Start all…
            </Button>
          ) : null}
          <Button busy={look.busy} data-testid="check-images-btn" onClick={() => void look.run()}>
            Look for newer images
          </Button>
        </div>
        {images === null ? null : <Images images={images} />}
        {newer.length === 0 ? null : (
          <div>
            <Button
              variant="primary"
              busy={plan.busy}
              data-testid="update-images-btn"
              onClick={() => void plan.run({ kind: 'update-image', images: Object.fromEntries(newer) })}
            >
              Plan the update…
            </Button>
          </div>
        )}
      </FieldStack>
    </Card>
  );
}

function Images({ images }: { readonly images: readonly FoundImageData[] }) {
  return (
    <Table label="Newer images" columns={['Service', 'Image', 'Found']} testId="found-images">
      {images.map(({ service, image, found, reason }) => (
        <tr key={service}>
          <td data-label="Service">{service}</td>
          <td data-label="Image">
            <code className={styles['value']}>{image}</code>
          </td>
          <td data-label="Found">
            {found === null ? null : <code className={styles['value']}>{found}</code>} {reason}
          </td>
        </tr>
      ))}
    </Table>
  );
}
