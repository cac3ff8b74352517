import { useState } from 'react';
import { useQuery } from '../../../../../../api/use-query.ts';
import { Button, DownloadButton } from '../../../../../../ui/button.tsx';
import { Card } from '../../../../../../ui/card.tsx';
import { CodeBlock } from '../../../../../../ui/code.tsx';
import { formatBytes } from '../../../../../../ui/format.ts';
import { ErrorNotice } from '../../../../../../ui/error-notice.tsx';
import { Table } from '../../../../../../ui/table.tsx';

interface ManifestsCardProps {
  readonly stackId: string;
  readonly number: string;
}

/** The objects of a revision as files: to be looked at, and to be saved one by one or as a zip. */
export function ManifestsCard({ stackId, number }: ManifestsCardProps) {
  const [shown, setShown] = useState<string | null>(null);
  const { data, error, reload } = useQuery('listManifests', { stack_id: stackId, revision: number });
  const path = `/api/stacks/${stackId}/revisions/${number}/manifests`;
  return (
    <Card
      title="Manifests"
      aside={
        <DownloadButton small href={`${path}.zip`} data-testid="manifests-zip">
          Save all as a zip
        </DownloadButton>
      }
      testId="revision-manifests"
    >
      <p>Values of Secrets are masked.</p>
      {error === undefined ? null : <ErrorNotice error={error} onRetry={reload} />}
      {data === undefined ? null : (
        <Table label="Manifests" columns={['File', 'Services', 'Size', 'Look']}>
          {data.files.map(({ name, services, bytes }) => (
            <tr key={name}>
              <td data-label="File">
                <a href={`${path}/${name}`} download>
                  {name}
                </a>
              </td>
              <td data-label="Services">{services.join(', ')}</td>
              <td data-label="Size">{formatBytes(bytes)}</td>
              <td data-label="Look">
                <Button
                  small
                  data-testid={`show-${name}`}
                  onClick={() => {
                    setShown(name);
                  }}
                >
                  Show<span className="visually-hidden"> {name}</span>
                </Button>
              </td>
            </tr>
          ))}
        </Table>
      )}
      {shown === null ? null : <Manifest stackId={stackId} number={number} name={shown} />}
    </Card>
  );
}

function Manifest({ stackId, number, name }: ManifestsCardProps & { readonly name: string }) {
  const { data, error, reload } = useQuery('getManifest', { stack_id: stackId, revision: number, name });
  if (error !== undefined) return <ErrorNotice error={error} onRetry={reload} />;
  return data === undefined ? <p role="status">Loading {name}…</p> : <CodeBlock text={data.content} label={name} />;
}
