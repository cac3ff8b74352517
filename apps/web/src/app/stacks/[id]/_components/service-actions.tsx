import type { StackServiceData } from '@ushadow/contracts';
import { Button, LinkButton } from '../../../../ui/button.tsx';
import type { ServiceOperation } from '../_hooks/use-operations.ts';
import styles from './service-table.module.css';

interface ServiceActionsProps {
  readonly service: StackServiceData;
  readonly isBusy: boolean;
  /** Where its shell is; absent where the cluster's policy allows none. */
  readonly shellHref: string | undefined;
  readonly onRun: (operation: ServiceOperation) => void;
  readonly onScale: () => void;
  readonly onStop: () => void;
}

/** What can be done with one service; what cannot is not offered. */
export function ServiceActions({ service, isBusy, shellHref, onRun, onScale, onStop }: ServiceActionsProps) {
  const { service: name, health } = service;
  if (health.state === 'completed') return null;
  const isStopped = health.state === 'stopped';
  return (
    <div className={styles['actions']}>
      {isStopped ? (
        <Action
          name={name}
          label="Start"
          isBusy={isBusy}
          onClick={() => {
            onRun({ kind: 'start' });
          }}
        />
      ) : (
        <>
          <Action
            name={name}
            label="Restart"
            isBusy={isBusy}
            onClick={() => {
              onRun({ kind: 'restart' });
            }}
          />
          <Action name={name} label="Scale" isBusy={isBusy} onClick={onScale} />
          <Action name={name} label="Stop" isBusy={isBusy} onClick={onStop} />
          {shellHref === undefined ? null : (
            <LinkButton variant="link" href={shellHref} data-testid={`shell-${name}`}>
              Shell
              <span className="visually-hidden"> in {name}</span>
            </LinkButton>
          )}
        </>
      )}
    </div>
  );
}

interface ActionProps {
  readonly name: string;
  readonly label: string;
  readonly isBusy: boolean;
  readonly onClick: () => void;
}

function Action({ name, label, isBusy, onClick }: ActionProps) {
  return (
    <Button variant="link" disabled={isBusy} data-testid={`${label.toLowerCase()}-${name}`} onClick={onClick}>
      {label}
      <span className="visually-hidden"> {name}</span>
    </Button>
  );
}
