import type { StackData } from '@ushadow/contracts';
import { FieldStack } from '../../../../ui/field.tsx';
import { CollapsibleCard } from '../../../../ui/collapsible-card.tsx';
import { Table } from '../../../../ui/table.tsx';
import { sourceLabel } from '../../../projects/[project]/deploy/_variables/source-label.ts';

/** What the next deployment starts from. */
export function ConfigurationCard({ configuration }: Pick<StackData, 'configuration'>) {
  const { profiles, infra_of: infraOf, variables, specs } = configuration;
  const own = Object.keys(specs);
  return (
    <CollapsibleCard title="Configuration" aside="what the next deployment starts from" testId="stack-configuration">
      <FieldStack>
        <p>
          {profiles.length === 0 ? 'No profile is switched on.' : `Profiles: ${profiles.join(', ')}.`}{' '}
          {infraOf.length === 0 ? '' : `Uses what belongs to: ${infraOf.join(', ')}.`}{' '}
          {own.length === 0 ? '' : `Settings of their own: ${own.join(', ')}.`}
        </p>
        {variables.length === 0 ? (
          <p>No values are remembered.</p>
        ) : (
          <Table label="Remembered values" columns={['Variable', 'For', 'Value', 'Source']}>
            {variables.map(({ name, service, value, is_secret: isSecret, source }) => (
              <tr key={`${service ?? ''} ${name}`}>
                <td data-label="Variable">
                  <code>{name}</code>
                </td>
                <td data-label="For">{service ?? 'all'}</td>
                <td data-label="Value">{isSecret || value === null ? 'secret, not shown' : <code>{value}</code>}</td>
                <td data-label="Source">{sourceLabel(source)}</td>
              </tr>
            ))}
          </Table>
        )}
      </FieldStack>
    </CollapsibleCard>
  );
}
