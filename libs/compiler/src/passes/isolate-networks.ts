import { own } from '@ushadow/kubernetes';
import { labelText } from '../names/unique-names.ts';
import { giveNames, policyName } from '../names/give-names.ts';
import { uniqueNames } from '../names/unique-names.ts';
import type { Design, NetworkRule } from '../model/design.ts';
import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';

/** On request, services reach each other only over the networks they share. */
export const isolateNetworks: Pass<Design> = {
  name: 'isolate-networks',
  run(design, { input }) {
    if (input.target.policies?.networks !== true) return design;
    const used = new Set(design.services.flatMap(({ service }) => service.membership.networks.map(({ key }) => key)));
    const names = uniqueNames([...used]);
    const labelOf = (key: string): string => labelText(names.get(key) ?? key);
    const objects = giveNames([
      ...design.services.map(({ service, name }) => ({ key: `service:${service.name}`, name: policyName(name) })),
      ...[...used].sort().map((key) => ({ key: `network:${key}`, name: `network-${labelOf(key)}` })),
    ]);
    const rules = [...used].sort().map((key): NetworkRule => {
      const network = own(design.app.networks, key);
      return {
        network: key,
        name: objects.get(`network:${key}`) ?? key,
        label: labelOf(key),
        internal: network?.internal === true,
        path: network?.path ?? '/networks',
      };
    });
    const labels = new Map(rules.map(({ network, label }) => [network, label]));
    const labelled = mapServices(design, (designed) => ({
      ...designed,
      networks: designed.service.membership.networks.map(({ key }) => labels.get(key) ?? key),
    }));
    return { ...labelled, isolation: rules };
  },
};
