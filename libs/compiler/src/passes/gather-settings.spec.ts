import { describe, expect, it } from '@jest/globals';
import { designProject } from '../testing/design-project.ts';

describe('gather-settings', () => {
  it('x-ushadow, then kompose labels, then the deployment spec, which wins', () => {
    const services = {
      web: { labels: { 'kompose.service.type': 'NodePort', 'kompose.controller.type': 'daemonset' } },
    };
    const extension = { web: { k8s_resources: { limits: { memory: '1Gi', cpu: 2 } } } };
    const { of } = designProject(
      { services, 'x-ushadow': extension },
      { input: { specs: { web: { serviceType: 'LoadBalancer' } } } },
    );
    expect(of('web').settings).toEqual({
      kind: 'per-node',
      exposure: 'LoadBalancer',
      limits: { memory: '1Gi', cpu: '2' },
    });
  });

  it('takes _ and - alike in labels, and names the nearest label for a misspelt one', () => {
    const labels = { 'kompose.image_pull_secret': 'a, b', 'kompose.volme.size': '1Gi', 'kompose.hpa.cpu': 'lots' };
    const { of, codes } = designProject({ services: { web: { labels } } });
    expect(of('web').settings.pullSecrets).toEqual(['a', 'b']);
    expect(codes).toEqual(['CMP1101 /services/web/labels', 'CMP1103 /services/web/labels']);
  });
});
