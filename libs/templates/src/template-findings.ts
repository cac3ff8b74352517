import { diagnosticFactory, rule } from '@ushadow/compose';

type Name = { name: string };
type Service = { service: string };

/** TPL0xxx: what is wrong with a template, what it leaves open, and what the import supplies. */
export const templateFindings = {
  TPL0001: rule<{ expected: string }>({
    severity: 'error',
    title: 'No template',
    message: ({ expected }) => `This is no template: ${expected}.`,
    remedy:
      'Name a Compose file with a header as Coolify has it, or a folder with docker-compose.yml and template.toml.',
  }),
  TPL0002: rule<{ file: string; limit: number }>({
    severity: 'error',
    title: 'Too large',
    message: ({ file, limit }) => `${file} has more than ${limit} characters.`,
    remedy: 'A template is text for one stack; put data into images or volumes.',
  }),
  TPL0003: rule<{ what: string; limit: number }>({
    severity: 'error',
    title: 'Too much',
    message: ({ what, limit }) => `The template has more than ${limit} ${what}.`,
    remedy: 'Divide it.',
  }),
  TPL0004: rule<{ format: string; problem: string }>({
    severity: 'error',
    title: 'Not readable',
    message: ({ format, problem }) => `This is not valid ${format}: ${problem}.`,
    remedy: 'Correct the line.',
  }),
  TPL0005: rule<{ what: string; expected: string }>({
    severity: 'error',
    title: 'Wrong kind',
    message: ({ what, expected }) => `${what} is to be ${expected}.`,
    remedy: 'Correct it; a template has `variables`, `config.domains`, `config.env` and `config.mounts`.',
  }),
  TPL0101: rule<{ helper: string; known: string }>({
    severity: 'error',
    title: 'Unknown helper',
    message: ({ helper }) => `\${${helper}} is neither a variable of this template nor a helper.`,
    remedy: ({ known }) => `Helpers are ${known}.`,
  }),
  TPL0102: rule<{ helper: string; expected: string }>({
    severity: 'error',
    title: 'Wrong argument',
    message: ({ helper, expected }) => `\${${helper}} takes ${expected}.`,
    remedy: 'Correct the argument, or leave it out.',
  }),
  TPL0103: rule<{ names: readonly string[] }>({
    severity: 'error',
    title: 'Cycle of variables',
    message: ({ names }) => `Variables refer to each other in a circle: ${names.join(' → ')}.`,
    remedy: 'Give one of them a value of its own.',
  }),
  TPL0104: rule<Name & { limit: number }>({
    severity: 'error',
    title: 'Value too long',
    message: ({ name, limit }) => `With all it refers to, ${name} has more than ${limit} characters.`,
    remedy: 'Refer to less.',
  }),
  TPL0105: rule<Name>({
    severity: 'warning',
    title: 'No value',
    message: ({ name }) => `\${${name}} has no value in this template; an empty text takes its place.`,
    remedy: 'Name it below `variables`, or give it with -e.',
  }),
  TPL0106: rule<Name>({
    severity: 'warning',
    title: 'No variable',
    message: ({ name }) => `"${name}" is no line of an env file; it is left out.`,
    remedy: 'Write NAME=VALUE.',
  }),
  TPL0107: rule<Name>({
    severity: 'warning',
    title: 'No signing key',
    message: ({ name }) => `${name} is signed with the variable SERVICE_PASSWORD_JWT, which nothing else refers to.`,
    remedy: 'Whoever checks the token needs the same key: give it that variable.',
  }),
  TPL0201: rule<Service & { known: readonly string[] }>({
    severity: 'error',
    title: 'Domain of no service',
    message: ({ service }) => `A domain is for the service ${service}, which the Compose file does not have.`,
    remedy: ({ known }) => `It has ${known.join(', ')}.`,
  }),
  TPL0202: rule<{ host: string }>({
    severity: 'error',
    title: 'No host',
    message: ({ host }) => `"${host}" is no name that a host can have.`,
    remedy: 'Use lower-case letters, digits, "-" and ".", for example shop.example.org.',
  }),
  TPL0203: rule<{ port: string }>({
    severity: 'error',
    title: 'No port',
    message: ({ port }) => `"${port}" is no port.`,
    remedy: 'Write the port of the container, 1 to 65535.',
  }),
  TPL0204: rule<{ hosts: readonly string[] }>({
    severity: 'warning',
    title: 'No domain given',
    message: ({ hosts }) => `No domain is given; ${hosts.join(', ')} stands in its place, which leads nowhere.`,
    remedy: 'Name one with --domain.',
  }),
  TPL0205: rule<{ port: number }>({
    severity: 'warning',
    title: 'Port of no service',
    message: ({ port }) => `The header names port ${port}, which no service has.`,
    remedy: 'Correct the header; it is not followed here.',
  }),
  TPL0206: rule<Service>({
    severity: 'info',
    title: 'Port not named',
    message: ({ service }) => `The template does not name the port of ${service}; its image decides.`,
    remedy: 'Where it is another one, name it with --public.',
  }),
  TPL0207: rule<{ key: string }>({
    severity: 'warning',
    title: 'Part of a domain not carried over',
    message: ({ key }) => `\`${key}\` of a domain is not carried over.`,
    remedy: 'Say it with a route of your own where it is needed.',
  }),
  TPL0208: rule<{ host: string; services: readonly string[] }>({
    severity: 'warning',
    title: 'One address, two services',
    message: ({ host, services }) => `${host} is to lead to ${services.join(' and ')}; only the first gets it.`,
    remedy: 'Give each a host or a path of its own.',
  }),
  TPL0301: rule<{ volumes: readonly string[] }>({
    severity: 'info',
    title: 'Volumes supplied',
    message: ({ volumes }) => `Volumes that are not declared are: ${volumes.join(', ')}.`,
    remedy: 'Nothing needs to be done.',
  }),
  TPL0302: rule<{ networks: readonly string[] }>({
    severity: 'info',
    title: 'Networks supplied',
    message: ({ networks }) => `Networks that are not declared are: ${networks.join(', ')}.`,
    remedy: 'Nothing needs to be done.',
  }),
  TPL0303: rule<{ files: readonly string[] }>({
    severity: 'info',
    title: 'Files supplied',
    message: ({ files }) => `Content that the template holds becomes files: ${files.join(', ')}.`,
    remedy: 'Nothing needs to be done.',
  }),
  TPL0304: rule<{ keys: readonly string[] }>({
    severity: 'info',
    title: 'Keys of the platform',
    message: ({ keys }) => `Keys that only the template's platform knows are passed over: ${keys.join(', ')}.`,
    remedy: 'Nothing needs to be done.',
  }),
  TPL0305: rule<{ file: string }>({
    severity: 'info',
    title: 'File that nothing mounts',
    message: ({ file }) => `No service mounts ${file}.`,
    remedy: 'Nothing needs to be done where it is for readers alone.',
  }),
  TPL0306: rule<{ file: string }>({
    severity: 'error',
    title: 'File outside the template',
    message: ({ file }) => `The file "${file}" would lie outside the project.`,
    remedy: 'Name it by a path below its folder.',
  }),
  TPL0307: rule<{ files: readonly string[] }>({
    severity: 'info',
    title: 'Files with secrets',
    message: ({ files }) => `Files that hold generated values are made where they are mounted: ${files.join(', ')}.`,
    remedy: 'Nothing needs to be done: the values stay the stack’s own.',
  }),
  TPL0308: rule<{ names: readonly string[] }>({
    severity: 'info',
    title: 'Names written otherwise',
    message: ({ names }) => `Variables whose names Compose cannot read have "_" for "-": ${names.join(', ')}.`,
    remedy: 'Nothing needs to be done.',
  }),
  TPL0309: rule<{ names: readonly string[] }>({
    severity: 'info',
    title: 'Values of the whole stack',
    message: ({ names }) => `Variables whose value stands in one place have it everywhere: ${names.join(', ')}.`,
    remedy: 'Nothing needs to be done.',
  }),
  TPL0310: rule<{ what: string }>({
    severity: 'info',
    title: 'Not a file',
    message: ({ what }) => `A mount that is no file is passed over: ${what}.`,
    remedy: 'Nothing needs to be done: the Compose file says what is mounted.',
  }),
  TPL0311: rule<{ names: readonly string[] }>({
    severity: 'info',
    title: 'Values that are left empty',
    message: ({ names }) => `Variables that the template gives no value are empty: ${names.join(', ')}.`,
    remedy: 'Give those a value that are needed.',
  }),
};

export const templateFinding = diagnosticFactory(templateFindings);
