import type { operations, OutputOf } from '@ushadow/contracts';
import { Button } from '../../../ui/button.tsx';
import { InlineCode } from '../../../ui/code.tsx';
import { Notice } from '../../../ui/notice.tsx';
import styles from './credential-warnings.module.css';

interface CredentialWarningsProps {
  readonly cluster: OutputOf<typeof operations.registerCluster>;
  readonly onDismiss: () => void;
}

/** What is worth knowing about a credential that was taken over all the same. */
export function CredentialWarnings({ cluster, onDismiss }: CredentialWarningsProps) {
  return (
    <Notice
      tone="warn"
      title={`Worth knowing about the credential of ${cluster.name}`}
      testId="credential-warnings"
      actions={
        <Button small data-testid="dismiss-warnings" onClick={onDismiss}>
          Understood
        </Button>
      }
    >
      <ul className={styles['list']}>
        {cluster.warnings.map(({ code, message, remedy }) => (
          <li key={code} data-code={code}>
            <p>
              <InlineCode text={message} />
            </p>
            <p className={styles['remedy']}>
              <InlineCode text={remedy} />
            </p>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
