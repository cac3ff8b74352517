import type { StackData } from '@ushadow/contracts';
import { Card } from '../../../../ui/card.tsx';
import { Table } from '../../../../ui/table.tsx';

export function VolumesCard({ volumes }: Pick<StackData, 'volumes'>) {
  return (
    <Card title="Volumes" aside={<span>They stay when a service goes.</span>} testId="stack-volumes" flush>
      <Table label="Volumes" columns={['Claim', 'Size', 'Bound']}>
        {volumes.map(({ claim, size, bound }) => (
          <tr key={claim}>
            <td data-label="Claim">{claim}</td>
            <td data-label="Size">{size ?? '–'}</td>
            <td data-label="Bound">{bound === null ? 'not known' : bound ? 'yes' : 'not yet'}</td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}
