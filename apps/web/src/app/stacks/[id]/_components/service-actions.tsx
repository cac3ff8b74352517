import type { StackServiceData } from '@ushadow/contracts';
import { Button } from '../../../../ui/button.tsx';
import type { ServiceOperation } from '../_hooks/use-operations.ts';
import styles from './service-table.module.css';

interface ServiceActionsProps {
  readonly service: StackServiceData;
  readonly isBusy: boolean;
  readonly onRun: (operation: ServiceOperation) => void;
  readonly onScale: () => void;
  readonly onStop: () => void;
}

/** What can be done with one service; what cannot is not offered. */
export function ServiceActions({ service, isBusy, onRun, onScale, onStop }: ServiceActionsProps) {
  const { service: name, health } = service;
  if (health.state === 'completed') return null;
  const isStopped = health.state === 'stopped';
  return (
    <div className={styles['actions']}>
      {isStopped ? (
        <Action
          name={name}
          word="Start"
          isBusy={isBusy}
          onClick={() => {
            onRun({ kind: 'start' });
          }}
        />
      ) : (
        <>
          <Action
            name={name}
            word="Restart"
            isBusy={isBusy}
            onClick={() => {
              onRun({ kind: 'restart' });
            }}
          />
          <Action name={name} word="Scale" isBusy={isBusy} onClick={onScale} />
          <Action name={name} word="Stop" isBusy={isBusy} onClick={onStop} />
        </>
      )}
    </div>
  );
}

interface ActionProps {
  readonly name: string;
  readonly word: string;
  readonly isBusy: boolean;
  readonly onClick: () => void;
}

function Action({ name, word, isBusy, onClick }: ActionProps) {
  return (
    <Button variant="link" disabled={isBusy} data-testid={`${word.toLowerCase()}-${name}`} onClick={onClick}>
      {word}
      <span className="visually-hidden"> {name}</span>
    </Button>
  );
}
