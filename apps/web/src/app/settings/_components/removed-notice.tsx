import Link from 'next/link';
import { Notice } from '../../../ui/notice.tsx';
import { deployHref } from '../../projects/_links/deploy-href.ts';

export interface RemovedSetting {
  readonly path: string;
  /** Ids of the services with a variable that was mapped to it. */
  readonly mappedBy: readonly string[];
}

export function RemovedNotice({ removed: { path, mappedBy } }: { readonly removed: RemovedSetting }) {
  const isUsed = mappedBy.length > 0;
  return (
    <Notice tone={isUsed ? 'warn' : 'ok'} role="status" title={`${path} is removed`} testId="setting-removed">
      {isUsed ? (
        <>
          <p>
            {mappedBy.length === 1 ? 'This service was' : 'These services were'} mapped to it. Choose another value
            before the next deployment:
          </p>
          <ul>
            {mappedBy.map((id) => (
              <li key={id}>
                <Link href={deployHref({ project: projectOf(id) })}>{id}</Link>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>No service was mapped to it by hand.</p>
      )}
    </Notice>
  );
}

/** First half of a service's id. */
function projectOf(serviceId: string): string {
  return serviceId.slice(0, serviceId.indexOf(':'));
}
