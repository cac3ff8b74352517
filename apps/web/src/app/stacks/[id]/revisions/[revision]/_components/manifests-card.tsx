import { useState } from 'react';
import { useQuery } from '../../../../../../api/use-query.ts';
import { Button } from '../../../../../../ui/button.tsx';
import { Card } from '../../../../../../ui/card.tsx';
import { CodeBlock } from '../../../../../../ui/code.tsx';
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
        <a href={`${path}.zip`} download data-testid="manifests-zip">
          Save all as a zip
        </a>
      }
      testId="revision-manifests"
    >
      <p>Values of Secrets are masked.</p>
      {error === undefined ? null : <ErrorNotice error={error} onRetry={reload} />}
      {data === undefined ? null : (
        <Table label="Manifests" columns={['File', 'Services', 'Bytes', 'Look']}>
          {data.files.map(({ name, services, bytes }) => (
            <tr key={name}>
              <td data-label="File">
                <a href={`${path}/${name}`} download>
                  {name}
                </a>
              </td>
              <td data-label="Services">{services.join(', ')}</td>
              <td data-label="Bytes">{bytes}</td>
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
