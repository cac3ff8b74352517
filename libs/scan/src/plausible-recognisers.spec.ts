import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pod, service } from '../testing/cluster-objects.ts';
import { judgeService } from './judge-service.ts';
import { plausibleRecognisers } from './plausible-recognisers.ts';
import { recognisers } from './recognisers.ts';
import { serviceFacts } from './service-facts.ts';
import { readPod } from './view/pod-view.ts';
import { readService } from './view/service-view.ts';

const words = fc.constantFrom(
  ...recognisers.flatMap(({ names, portNames = [] }) => [...names, ...portNames]),
  ...['app', 'web', 'exporter', 'headless', 'primary', 'http', 'api', '0'],
);
const name = fc.array(words, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('-'));
const image = fc.oneof(fc.constantFrom(...recognisers.flatMap(({ images }) => images)), name);
const port = fc.oneof(
  fc.constantFrom(...recognisers.flatMap(({ ports }) => ports.map((one) => one.port))),
  fc.constantFrom(80, 443, 3000, 8081),
);
const ports = fc.array(fc.tuple(fc.option(name, { nil: undefined }), port), { maxLength: 3 });

describe('the recognisers that are asked about a Service', () => {
  it('are all that would take it: the others give nothing', () => {
    fc.assert(
      fc.property(
        fc.record({ name, ports, images: fc.array(image, { maxLength: 2 }), label: fc.option(name) }),
        fc.option(name, { nil: undefined }),
        (given, externalName) => {
          const labels = given.label === null ? {} : { 'app.kubernetes.io/name': given.label };
          const spec = externalName === undefined ? {} : { type: 'ExternalName', externalName };
          const objects = service(given.name, { labels, ports: given.ports, spec });
          const podObject = pod('p', {}, ...given.images.map((each) => [each] as const)).pods?.[0];
          const { containers } = readPod(podObject, () => true);
          const facts = serviceFacts(readService(objects.services[0]), containers, null);
          const asked = plausibleRecognisers(facts);
          for (const recogniser of recognisers) {
            if (!asked.includes(recogniser)) expect(judgeService(facts, recogniser)).toBeUndefined();
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
