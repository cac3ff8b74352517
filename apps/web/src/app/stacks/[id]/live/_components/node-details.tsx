import type { PodMetricsData, TreeNodeData } from '@ushadow/contracts';
import { useState } from 'react';
import { Badge } from '../../../../../ui/badge.tsx';
import { IconButton } from '../../../../../ui/button.tsx';
import { Card } from '../../../../../ui/card.tsx';
import { Tabs } from '../../../../../ui/tabs.tsx';
import { detailsOf } from '../_tree/details-of.ts';
import { healthOf, titleOf } from '../_tree/node-display.ts';
import styles from './live.module.css';
import { NodeEvents } from './node-events.tsx';
import { NodeYaml } from './node-yaml.tsx';
import { PodUsage } from './pod-usage.tsx';
import { ServiceConfig } from './service-config.tsx';

interface NodeDetailsProps {
  readonly stackId: string;
  readonly node: TreeNodeData;
  readonly usage: PodMetricsData | undefined;
  readonly onClose: () => void;
}

type Tab = 'summary' | 'events' | 'yaml' | 'config';

/** What is known of one node: its facts, what is said of it, and how it is written down. */
export function NodeDetails({ stackId, node, usage, onClose }: NodeDetailsProps) {
  const [tab, setTab] = useState<Tab>('summary');
  const tabs: readonly { readonly id: Tab; readonly name: string }[] = [
    { id: 'summary', name: 'Summary' },
    { id: 'events', name: 'Events' },
    node.type === 'service' ? { id: 'config', name: 'Configuration' } : { id: 'yaml', name: 'YAML' },
  ];
  return (
    <Card
      title={
        <>
          {titleOf(node)} {node.name}
        </>
      }
      aside={<IconButton icon="cross" label="Close the details" onClick={onClose} />}
      testId="node-details"
    >
      <Tabs label="Details" tabs={tabs} chosen={tab} onChoose={setTab}>
        {tab === 'summary' ? <Summary node={node} usage={usage} /> : null}
        {tab === 'events' ? <NodeEvents stackId={stackId} node={node} /> : null}
        {tab === 'yaml' ? <NodeYaml stackId={stackId} node={node} /> : null}
        {tab === 'config' ? <ServiceConfig stackId={stackId} service={node.name} /> : null}
      </Tabs>
    </Card>
  );
}

function Summary({ node, usage }: Pick<NodeDetailsProps, 'node' | 'usage'>) {
  const { tone, icon, label } = healthOf(node);
  return (
    <div className={styles['summary']} data-testid="node-summary">
      <p>
        <Badge tone={tone} icon={icon}>
          {label}
        </Badge>{' '}
        {node.message}
      </p>
      {usage === undefined ? null : <PodUsage usage={usage} />}
      <dl>
        {detailsOf(node).map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
