import { describe, expect, it } from '@jest/globals';
import { findings, loadText } from '../../testing/load-text.ts';
import type { LoadInput } from '../load-input.ts';
import { composeCatalogue } from './compose-diagnostics.ts';

interface Example {
  readonly yaml: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly input?: Partial<LoadInput>;
  /** Everything that is reported. */
  readonly found: readonly string[];
}

/** A service `a` with more lines below it, indented by four. */
const service = (...lines: string[]): string =>
  ['services:', '  a:', '    image: x', ...lines.map((l) => `    ${l}`)].join('\n');
const plain = service();

const EXAMPLES: Readonly<Record<keyof typeof composeCatalogue, Example>> = {
  CPS0001: {
    yaml: plain,
    input: { files: [], workingDirectory: '/empty' },
    found: ['error CPS0001 - -: There is no Compose file in /empty.'],
  },
  CPS0002: {
    yaml: service('extends: {service: b, file: no.yaml}'),
    found: ['error CPS0002 4:24 /services/a/extends/file: The file /app/no.yaml does not exist or cannot be read.'],
  },
  CPS0003: {
    yaml: 'include: [sub]\nservices: {a: {image: x}}',
    files: { 'sub/x.yaml': '' },
    found: ['error CPS0003 1:11 /include/0: /app/sub is a directory, not a file.'],
  },
  CPS0004: {
    yaml: service('env_file: ../secret.env'),
    files: { '/secret.env': 'A=1' },
    input: { policy: { roots: ['/app'] } },
    found: ['error CPS0004 4:15 /services/a/env_file/0: /secret.env is outside the directories this project may read.'],
  },
  CPS0005: {
    yaml: plain,
    input: { limits: { fileBytesMax: 10 } },
    found: ['error CPS0005 - -: /app/compose.yaml has 27 bytes; at most 10 are read.'],
  },
  CPS0006: {
    yaml: service('env_file: a.env'),
    files: { 'a.env': 'A=1' },
    input: { limits: { totalBytesMax: 48 } },
    found: ['error CPS0006 4:15 /services/a/env_file/0: The files of this project have more than 48 bytes together.'],
  },
  CPS0007: {
    yaml: service('x-a: {b: {c: {d: 1}}}'),
    input: { limits: { depthMax: 4 } },
    found: ['error CPS0007 4:14 /services/a/x-a/b: Mappings and lists are nested more than 4 levels deep.'],
  },
  CPS0008: {
    yaml: `x-a: &a [1, 2, 3]\nx-b: &b [*a, *a, *a]\nx-c: [*b, *b, *b]\n${plain}`,
    input: { limits: { nodesMax: 30 } },
    found: ['error CPS0008 3:7 -: With its aliases expanded the project has more than 30 nodes.'],
  },
  CPS0009: {
    yaml: 'include: [a.yaml, b.yaml]',
    files: { 'a.yaml': 'services: {a: {image: x}}', 'b.yaml': 'services: {b: {image: x}}' },
    input: { limits: { includesMax: 1 } },
    found: ['error CPS0009 1:19 /include/1: The project includes more than 1 files.'],
  },
  CPS0010: {
    yaml: service('imag: 1', 'por: 1', 'vol: 1'),
    input: { limits: { diagnosticsMax: 1 } },
    found: [
      'error CPS0401 4:5 /services/a/imag: The key "imag" is not known here.',
      'info CPS0010 - -: 2 more findings are not listed.',
    ],
  },
  CPS0011: {
    yaml: plain,
    files: { 'docker-compose.yml': plain },
    input: { files: [] },
    found: ['warning CPS0011 1:1 -: compose.yaml is used; docker-compose.yml is ignored.'],
  },
  CPS0012: {
    yaml: 'include: ["https://example.com/c.yaml"]\nservices: {a: {image: x}}',
    found: [
      'error CPS0012 1:11 /include/0: https://example.com/c.yaml is a remote resource; only files of the project are read.',
    ],
  },
  CPS0101: {
    yaml: 'services: [',
    found: [
      'error CPS0101 1:12 -: This is not valid YAML: flow sequence in block collection must be sufficiently indented and end with a ].',
    ],
  },
  CPS0102: {
    yaml: service('image: y'),
    found: ['error CPS0102 4:5 /services/a/image: The key "image" is already given in line 3.'],
  },
  CPS0103: {
    yaml: service('x-a: *b'),
    found: ['error CPS0103 4:10 /services/a/x-a: The alias *b has no anchor &b before it.'],
  },
  CPS0104: {
    yaml: service('x-a: &b [*b]'),
    found: ['error CPS0104 4:14 /services/a/x-a/0: The alias *b stands inside the block that &b names.'],
  },
  CPS0105: {
    yaml: service('<<: 1'),
    found: ['error CPS0105 4:9 /services/a: The merge key << takes a mapping or a list of mappings.'],
  },
  CPS0106: {
    yaml: service('labels: {1: x}'),
    found: ['error CPS0106 4:14 /services/a/labels: The key 1 is not text.'],
  },
  CPS0107: { yaml: '[1]', found: ['error CPS0107 1:1 -: The top level of a Compose file is a mapping.'] },
  CPS0108: { yaml: '', found: ['error CPS0108 1:1 -: The Compose file is empty.'] },
  CPS0109: {
    yaml: service('x-a: !!int b'),
    found: ['error CPS0109 4:16 /services/a/x-a: This value cannot be read as tag:yaml.org,2002:int.'],
  },
  CPS0201: {
    yaml: service('hostname: "${}"'),
    found: ['error CPS0201 4:15 /services/a/hostname: A variable is not written in a valid form here.'],
  },
  CPS0202: {
    yaml: service('hostname: ${H:?say so}'),
    found: ['error CPS0202 4:15 /services/a/hostname: The required variable H has no value: say so.'],
  },
  CPS0203: {
    yaml: service('hostname: h$H', 'user: u$H'),
    found: ['warning CPS0203 4:15 /services/a/hostname: The variable H is not set; an empty text takes its place.'],
  },
  CPS0204: {
    yaml: service('tty: maybe'),
    found: ['error CPS0204 4:10 /services/a/tty: The value here is not true or false.'],
  },
  CPS0205: { yaml: service('tty: yes'), found: ['warning CPS0205 4:10 /services/a/tty: "yes" is read as true here.'] },
  CPS0013: {
    yaml: `include: [b.yaml]\n${plain}`,
    files: { 'b.yaml': 'include: [c.yaml]', 'c.yaml': plain },
    input: { limits: { includeDepthMax: 1 } },
    found: ['error CPS0013 /app/b.yaml:1:11 /include/0: Files include each other more than 1 levels deep.'],
  },
  CPS0206: {
    yaml: service(`user: "${'${A:-'.repeat(42)}x${'}'.repeat(42)}"`),
    found: ['error CPS0206 4:11 /services/a/user: Defaults stand inside defaults more than 40 levels deep.'],
  },
  CPS0207: {
    yaml: service('user: $A$A$A'),
    input: { environment: { A: 'x'.repeat(400_000) } },
    found: ['error CPS0207 4:11 /services/a/user: With its variables this text has more than 262144 characters.'],
  },
  CPS0014: {
    yaml: `${plain}\n---\n${plain}`,
    input: { limits: { documentsMax: 1 } },
    found: ['error CPS0014 4:1 -: The files of this project have more than 1 YAML documents together.'],
  },
  CPS0015: {
    yaml: service('x-a: {bcdef: 1}'),
    input: { limits: { pathLengthMax: 14 } },
    found: ['error CPS0015 4:10 -: The names that lead to a value have more than 14 characters together.'],
  },
  CPS0016: {
    yaml: plain,
    input: { limits: { workMax: 5 } },
    found: ['error CPS0016 1:1 -: Putting the files of this project together takes more than 5 steps.'],
  },
  CPS0017: {
    yaml: service('user: $A$A$A'),
    input: { limits: { charactersMax: 30 }, environment: { A: '12345' } },
    found: ['error CPS0017 4:11 -: Variables and env files make more than 30 characters of text.'],
  },
  CPS0018: {
    yaml: `${plain}\n  b: {image: x}`,
    input: { limits: { servicesMax: 1 } },
    found: ['error CPS0018 2:3 /services: The project has 2 services; at most 1 are read.'],
  },
  CPS0019: {
    yaml: plain,
    input: { limits: { tokensMax: 5 } },
    found: ['error CPS0019 2:1 -: The files of this project fall into more than 5 pieces of YAML.'],
  },
  CPS0301: {
    yaml: service('env_file: a.env'),
    found: ['error CPS0301 4:15 /services/a/env_file/0: The env file /app/a.env does not exist or cannot be read.'],
  },
  CPS0302: {
    yaml: service('env_file: a.env'),
    files: { 'a.env': 'A=1\nb c=2' },
    found: [
      'error CPS0302 /app/a.env:2:1 -: This line of an env file is not valid: a variable name cannot hold a blank.',
    ],
  },
  CPS0303: {
    yaml: service('env_file: [{path: a.env, format: odd}]'),
    files: { 'a.env': '' },
    found: ['error CPS0303 4:16 /services/a/env_file/0/format: The env file format "odd" is not known.'],
  },
  CPS0304: {
    yaml: service('env_file: [{path: a.env, required: false}]'),
    found: [
      'info CPS0304 4:16 /services/a/env_file/0: The optional env file /app/a.env does not exist; it is skipped.',
    ],
  },
  CPS0305: {
    yaml: service('label_file: a.label'),
    found: [
      'error CPS0305 4:17 /services/a/label_file/0: The label file /app/a.label does not exist or cannot be read.',
    ],
  },
  CPS0401: {
    yaml: service('evironment: []'),
    found: ['error CPS0401 4:5 /services/a/evironment: The key "evironment" is not known here.'],
  },
  CPS0402: {
    yaml: service('ports: 80'),
    found: ['error CPS0402 4:12 /services/a/ports: Expected a list, found a whole number.'],
  },
  CPS0403: {
    yaml: service('volumes: [{target: /a}]'),
    found: ['error CPS0403 4:15 /services/a/volumes/0: The key "type" is missing.'],
  },
  CPS0404: {
    yaml: service('cgroup: other'),
    found: ['error CPS0404 4:13 /services/a/cgroup: The value must be one of host, private.'],
  },
  CPS0405: {
    yaml: service('security_opt: [b, b]'),
    found: ['error CPS0405 4:23 /services/a/security_opt/1: An earlier entry of this list is the same.'],
  },
  CPS0406: {
    yaml: 'services: {"a b": {image: x}}',
    found: ['error CPS0406 1:12 /services/a b: The name "a b" has characters that are not allowed.'],
  },
  CPS0501: {
    yaml: service('deploy: {mode: global}'),
    files: { 'two.yaml': 'services: {a: {deploy: [1]}}' },
    input: { files: ['compose.yaml', 'two.yaml'] },
    found: [
      'error CPS0501 /app/two.yaml:1:24 /services/a/deploy: services.a.deploy cannot be merged: one file has a mapping or list where the other has something else.',
      'error CPS0402 /app/two.yaml:1:24 /services/a/deploy: Expected a mapping, found a list.',
    ],
  },
  CPS0502: {
    yaml: service('extends: b'),
    found: ['error CPS0502 4:14 /services/a/extends: The service "b" to extend is not in /app/compose.yaml.'],
  },
  CPS0503: {
    yaml: 'services:\n  a: {image: x, extends: b}\n  b: {extends: a}',
    found: ['error CPS0503 2:26 /services/a/extends: These services extend each other in a circle: a -> b -> a.'],
  },
  CPS0504: {
    yaml: service('extends: {file: b.yaml}'),
    found: ['error CPS0504 4:14 /services/a/extends: extends of the service "a" does not name a service.'],
  },
  CPS0506: {
    yaml: 'include: [b.yaml]\nservices: {a: {image: x}}',
    files: { 'b.yaml': 'include: [compose.yaml]' },
    found: [
      'error CPS0506 /app/b.yaml:1:11 /include/0: These files include each other in a circle: /app/compose.yaml -> /app/b.yaml -> /app/compose.yaml.',
    ],
  },
  CPS0507: {
    yaml: 'include: [b.yaml]\nservices: {a: {image: x}}',
    files: { 'b.yaml': 'services: {a: {image: y}}' },
    found: [
      'info CPS0507 2:15 /services/a: service a is also defined by an included file; both definitions are merged.',
    ],
  },
  CPS0508: {
    yaml: 'services: {a: {image: y, extends: b}, b: {image: x, extends: c}, c: {image: x}}',
    input: { limits: { extendsDepthMax: 1 } },
    found: [
      'error CPS0508 1:62 /services/b/extends: Services extend each other more than 1 levels deep; what "b" extends is left out.',
    ],
  },
  CPS0601: {
    yaml: service('ports: ["80:x"]'),
    found: [
      'error CPS0601 4:13 /services/a/ports/0: The port "80:x" is not valid: the container port x is not a number from 1 to 65535.',
    ],
  },
  CPS0602: {
    yaml: service('volumes: ["aa::/b"]'),
    found: [
      'error CPS0602 4:15 /services/a/volumes/0: The volume "aa::/b" is not valid: a section between colons is empty.',
    ],
  },
  CPS0603: {
    yaml: service('devices: ["a:b:c:d"]'),
    found: ['error CPS0603 4:15 /services/a/devices/0: The device "a:b:c:d" is not valid.'],
  },
  CPS0604: {
    yaml: service('extra_hosts: [b]'),
    found: ['error CPS0604 4:19 /services/a/extra_hosts: The extra host "b" is not valid.'],
  },
  CPS0605: {
    yaml: service('stop_grace_period: "10"'),
    found: ['error CPS0605 4:24 /services/a/stop_grace_period: "10" is not a duration.'],
  },
  CPS0606: { yaml: service('mem_limit: 1z'), found: ['error CPS0606 4:16 /services/a/mem_limit: "1z" is not a size.'] },
  CPS0607: {
    yaml: service('command: echo "b'),
    found: ['error CPS0607 4:14 /services/a/command: A quote of this command is not closed.'],
  },
  CPS0608: {
    yaml: service('volumes: [{type: tmpfs}]'),
    found: ['error CPS0608 4:15 /services/a/volumes/0: This volume has no target.'],
  },
  CPS0610: {
    yaml: service('build: {context: ., additional_contexts: [b]}'),
    found: ['error CPS0610 4:47 /services/a/build/additional_contexts/0: "b" is not of the form NAME=value.'],
  },
  CPS0611: {
    yaml: service('ports: [{target: 80, host_ip: here}]'),
    found: ['error CPS0611 4:35 /services/a/ports/0/host_ip: "here" is not an IP address.'],
  },
  CPS0612: {
    yaml: service('environment: ["B =1"]'),
    found: ['error CPS0612 4:19 /services/a/environment/0: The variable "B " has a blank at the end of its name.'],
  },
  CPS0613: {
    yaml: service('volumes: [{type: bind, target: /a}]'),
    found: ['error CPS0613 4:15 /services/a/volumes/0: A bind mount needs a source.'],
  },
  CPS0701: {
    yaml: `${service('depends_on: [bd]')}\n  db: {image: y}`,
    found: ['error CPS0701 4:18 /services/a/depends_on/bd: Service a depends on bd, which is not defined.'],
  },
  CPS0702: {
    yaml: service('networks: [n]', 'volumes: ["v1:/v"]', 'secrets: [s]', 'configs: [c]', 'models: [m]'),
    found: [
      'error CPS0702 4:16 /services/a/networks/n: Service a uses the network n, which is not defined.',
      'error CPS0702 5:15 /services/a/volumes/0/source: Service a uses the volume v1, which is not defined.',
      'error CPS0702 6:15 /services/a/secrets/0/source: Service a uses the secret s, which is not defined.',
      'error CPS0702 7:15 /services/a/configs/0/source: Service a uses the config c, which is not defined.',
      'error CPS0702 8:14 /services/a/models/m: Service a uses the model m, which is not defined.',
    ],
  },
  CPS0707: {
    yaml: `${service('depends_on: [b]')}\n  b: {image: y, profiles: [p]}`,
    found: [
      'error CPS0707 4:18 /services/a/depends_on/b: Service a depends on b, which no active profile switches on.',
    ],
  },
  CPS0708: {
    yaml: `${service('depends_on: [b]')}\n  b: {image: y, depends_on: [a]}`,
    found: [
      'error CPS0708 5:30 /services/b/depends_on/a: These services depend on each other in a circle: a -> b -> a.',
    ],
  },
  CPS0710: {
    yaml: service('build: {context: ., additional_contexts: {c: "service:b"}}'),
    found: [
      'error CPS0710 4:50 /services/a/build/additional_contexts/c: Service a takes the build context c from b, which is not defined or not built.',
    ],
  },
  CPS0801: {
    yaml: 'services: {a: {tty: true}}',
    found: ['error CPS0801 1:15 /services/a: Service a has neither an image nor a build context.'],
  },
  CPS0802: {
    yaml: service('network_mode: host', 'networks: [default]'),
    found: ['error CPS0802 4:19 /services/a/network_mode: Service a has both network_mode and networks.'],
  },
  CPS0803: {
    yaml: service('platform: p', 'build: {context: ., platforms: [q]}'),
    found: ['error CPS0803 4:15 /services/a/platform: Service a runs on p, which is not among build.platforms.'],
  },
  CPS0805: {
    yaml: service('healthcheck: {test: [ls]}'),
    found: [
      'error CPS0805 4:25 /services/a/healthcheck/test: The health check of a does not start with CMD, CMD-SHELL or NONE.',
    ],
  },
  CPS0806: {
    yaml: service('cpus: 1', 'deploy: {resources: {limits: {cpus: 2}}}'),
    found: [
      'error CPS0806 4:11 /services/a/cpus: Service a has different values in cpus and deploy.resources.limits.cpus.',
    ],
  },
  CPS0807: {
    yaml: service('scale: -1'),
    found: ['error CPS0807 4:12 /services/a/scale: scale of service a is negative.'],
  },
  CPS0808: {
    yaml: service('scale: 2', 'container_name: bb'),
    found: ['error CPS0808 5:21 /services/a/container_name: Service a has a container_name and more than one replica.'],
  },
  CPS0809: {
    yaml: service('develop: {watch: [{path: ., action: sync}]}'),
    found: [
      'error CPS0809 4:23 /services/a/develop/watch/0: A watch rule of service a that copies files has no target.',
    ],
  },
  CPS0810: {
    yaml: service('tmpfs: [/b]', 'volumes: [/b]'),
    found: ['error CPS0810 5:15 /services/a/volumes/0/target: Service a mounts two things at /b.'],
  },
  CPS0811: {
    yaml: `${plain}\nconfigs: {c: {file: f, content: g}}`,
    found: ['error CPS0811 4:14 /configs/c: The config c has more than one of file, content.'],
  },
  CPS0812: {
    yaml: `${plain}\nsecrets: {s: {name: n}}`,
    found: ['error CPS0812 4:14 /secrets/s: The secret s needs one of file, environment.'],
  },
  CPS0813: {
    yaml: `${plain}\nvolumes: {v: {external: true, driver: d}}`,
    found: ['error CPS0813 4:31 /volumes/v/driver: The volume v is external and also has driver.'],
  },
  CPS0815: {
    yaml: service('gpus: [{count: 1, device_ids: [b]}]'),
    found: ['error CPS0815 4:12 /services/a/gpus/0: count and device_ids exclude each other.'],
  },
  CPS0816: {
    yaml: `${plain}\nnetworks: {n: {name: b, external: {name: c}}}`,
    found: [
      'error CPS0816 4:22 /networks/n: The network n has different values in name and external.name.',
      'warning CPS0912 4:42 /networks/n: The network n uses external.name, which is deprecated.',
    ],
  },
  CPS0817: {
    yaml: service('develop: {watch: [{path: "", action: rebuild}]}'),
    found: ['error CPS0817 4:30 /services/a/develop/watch/0/path: The path to watch is blank.'],
  },
  CPS0818: {
    yaml: `${service('container_name: one')}\n  b: {image: y, container_name: one}`,
    found: ['error CPS0818 5:33 /services/b/container_name: Service b has the container_name one, as service a has.'],
  },
  CPS0901: {
    yaml: plain,
    input: { projectName: 'A b' },
    found: ['error CPS0901 - /name: The project name "A b" is not valid.'],
  },
  CPS0902: {
    yaml: plain,
    input: { files: ['/compose.yaml'] },
    files: { '/compose.yaml': plain },
    found: ['error CPS0902 - /name: The project has no name, and none follows from its directory.'],
  },
  CPS0911: {
    yaml: `version: "3"\n${plain}`,
    found: ['info CPS0911 1:1 /version: The key version is obsolete and ignored.'],
  },
  CPS0912: {
    yaml: `${plain}\nvolumes: {v: {external: {name: c}}}`,
    found: ['warning CPS0912 4:32 /volumes/v: The volume v uses external.name, which is deprecated.'],
  },
};

describe('diagnostics', () => {
  it.each(Object.entries(EXAMPLES))('%s has its exact text and position', (_code, { yaml, files, input, found }) => {
    expect(findings(loadText(yaml, files, input))).toEqual(found);
  });

  it('every code has an example', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(Object.keys(composeCatalogue).sort());
  });

  it('every remedy says something', () => {
    for (const { yaml, files, input } of Object.values(EXAMPLES)) {
      for (const { remedy } of loadText(yaml, files, input).diagnostics) expect(remedy).toMatch(/^[A-Z].*[.?]$/);
    }
  });
});
