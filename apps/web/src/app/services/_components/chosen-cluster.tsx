import { useQuery } from '../../../api/use-query.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Notice } from '../../../ui/notice.tsx';

interface ChosenClusterProps {
  readonly clusterId: string;
  readonly onClear: () => void;
}

/** The cluster that deploys from this page go to, when the user came from one. */
export function ChosenCluster({ clusterId, onClear }: ChosenClusterProps) {
  const { data, error } = useQuery('getCluster', { cluster_id: clusterId });
  const clear = (
    <Button small onClick={onClear}>
      Choose later
    </Button>
  );
  if (error !== undefined) return <ErrorNotice error={error} actions={clear} />;
  return (
    <Notice tone="info" title={data === undefined ? 'Deploying to …' : `Deploying to ${data.name}`} actions={clear}>
      <p>Pick a service below.</p>
    </Notice>
  );
}
