import { own } from '@ushadow/kubernetes';
import type { NamedDesign, NamedService } from '../model/design.ts';
import type { Settings } from '../model/settings.ts';
import { isBlock, settingsFromExtension } from '../settings/from-extension.ts';
import { settingsFromSpec } from '../settings/from-spec.ts';
import { settingsFromLabels } from '../settings/kompose-labels.ts';
import type { Pass, PassContext } from './pass.ts';
import { mapServices } from './pass.ts';

/** What was asked for beyond Compose: `x-ushadow`, then kompose labels, then the deployment spec, which wins. */
export const gatherSettings: Pass<NamedDesign> = {
  name: 'gather-settings',
  run(design, context) {
    return mapServices(design, (designed) => {
      const settings = settingsOf(designed, context);
      return { ...designed, settings, endpoint: settings.serviceName ?? designed.endpoint };
    });
  },
};

function settingsOf({ service }: NamedService, { input, report }: PassContext): Settings {
  const { project, specs, target } = input;
  const compose = own(project.services, service.name) ?? own(project.disabledServices, service.name);
  const top = project['x-ushadow'];
  const extension = settingsFromExtension(isBlock(top) ? own(top, service.name) : undefined, compose?.['x-ushadow']);
  const labels = settingsFromLabels({ ...service.deployLabels, ...service.labels });
  const path = `${service.path}/labels`;
  for (const { label, nearest } of labels.unknown) {
    if (nearest === undefined) report('CMP1102', path, { service: service.name, label });
    else report('CMP1101', path, { service: service.name, label, nearest });
  }
  for (const { label, value } of labels.invalid) report('CMP1103', path, { service: service.name, label, value });
  const spec = own(specs, service.name);
  return {
    ...extension,
    ...withImage(labels.settings),
    ...(spec === undefined ? {} : settingsFromSpec(spec, target)),
  };
}

/** An init container without an image is none. */
function withImage({ initContainer, ...settings }: Settings): Settings {
  return initContainer === undefined || initContainer.image === '' ? settings : { ...settings, initContainer };
}
