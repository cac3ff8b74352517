import { useState } from 'react';
import { useQuery } from '../../../../../api/use-query.ts';
import { Button } from '../../../../../ui/button.tsx';
import { ErrorNotice } from '../../../../../ui/error-notice.tsx';
import { formatBytes } from '../../../../../ui/format.ts';
import styles from './live.module.css';
import { RevealDialog } from './reveal-dialog.tsx';

/** ConfigMaps and Secrets of a service by their keys; the value of a Secret’s key is shown when somebody asks for it. */
export function ServiceConfig({ stackId, service }: { readonly stackId: string; readonly service: string }) {
  const { data, error, reload } = useQuery('listConfig', { stack_id: stackId, service });
  const [asked, setAsked] = useState<{ readonly name: string; readonly key: string } | undefined>();
  if (error !== undefined) return <ErrorNotice error={error} onRetry={reload} />;
  if (data === undefined) return <p role="status">Loading…</p>;
  if (data.config.length === 0) return <p>It has no ConfigMap and no Secret.</p>;
  return (
    <div data-testid="service-config">
      {data.config.map(({ kind, name, exists, keys }) => (
        <section key={`${kind}/${name}`} className={styles['config']}>
          <h3>
            {kind} {name}
          </h3>
          {exists ? null : <p>It is not there.</p>}
          <ul>
            {keys.map(({ key, bytes }) => (
              <li key={key}>
                <code>{key}</code>
                {/* Not even the length of what is secret. */}
                {kind === 'Secret' ? (
                  <Button
                    small
                    icon="unlock"
                    data-testid={`reveal-${name}-${key}`}
                    onClick={() => {
                      setAsked({ name, key });
                    }}
                  >
                    Reveal…<span className="visually-hidden"> {key}</span>
                  </Button>
                ) : (
                  <span className={styles['facts']}>{formatBytes(bytes)}</span>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {asked === undefined ? null : (
        <RevealDialog
          stackId={stackId}
          secret={asked.name}
          secretKey={asked.key}
          onClose={() => {
            setAsked(undefined);
          }}
        />
      )}
    </div>
  );
}
