import { rule } from './catalogue.ts';

/** CPS04xx: the Compose schema. CPS05xx: merge, extends, include. CPS06xx: forms of single values. */
export const formDiagnostics = {
  CPS0401: rule<{ key: string; suggestion: string }>({
    severity: 'error',
    title: 'Unknown key',
    message: ({ key }) => `The key ${JSON.stringify(key)} is not known here.`,
    remedy: ({ suggestion }) =>
      suggestion
        ? `Did you mean ${JSON.stringify(suggestion)}?`
        : 'Remove it, or begin it with x- to keep it as an extension.',
  }),
  CPS0402: rule<{ expected: string; found: string }>({
    severity: 'error',
    title: 'Wrong type',
    message: ({ expected, found }) => `Expected ${expected}, found ${found}.`,
    remedy: ({ expected }) => `Write ${expected}.`,
  }),
  CPS0403: rule<{ key: string }>({
    severity: 'error',
    title: 'Key missing',
    message: ({ key }) => `The key ${JSON.stringify(key)} is missing.`,
    remedy: ({ key }) => `Add ${JSON.stringify(key)}.`,
  }),
  CPS0404: rule<{ expected: string }>({
    severity: 'error',
    title: 'Value not allowed',
    message: ({ expected }) => `The value must be ${expected}.`,
    remedy: 'Correct the value.',
  }),
  CPS0405: rule({
    severity: 'error',
    title: 'Entry given twice',
    message: () => 'An earlier entry of this list is the same.',
    remedy: 'Remove one of the two.',
  }),
  CPS0406: rule<{ name: string }>({
    severity: 'error',
    title: 'Name not allowed',
    message: ({ name }) => `The name ${JSON.stringify(name)} has characters that are not allowed.`,
    remedy: 'Use letters, digits, dots, underscores and hyphens.',
  }),
  CPS0501: rule<{ key: string }>({
    severity: 'error',
    title: 'Cannot override',
    message: ({ key }) => `${key} cannot be merged: one file has a mapping or list where the other has something else.`,
    remedy: 'Use the same form in both files, or write !override.',
  }),
  CPS0502: rule<{ service: string; file: string }>({
    severity: 'error',
    title: 'Extended service not found',
    message: ({ service, file }) => `The service ${JSON.stringify(service)} to extend is not in ${file}.`,
    remedy: 'Correct the name, or name the right file.',
  }),
  CPS0503: rule<{ chain: readonly string[] }>({
    severity: 'error',
    title: 'Services extend each other',
    message: ({ chain }) => `These services extend each other in a circle: ${chain.join(' -> ')}.`,
    remedy: 'Break the circle.',
  }),
  CPS0504: rule<{ service: string }>({
    severity: 'error',
    title: 'Extends without service',
    message: ({ service }) => `extends of the service ${JSON.stringify(service)} does not name a service.`,
    remedy: 'Add `service:` below `extends:`.',
  }),
  CPS0506: rule<{ chain: readonly string[] }>({
    severity: 'error',
    title: 'Files include each other',
    message: ({ chain }) => `These files include each other in a circle: ${chain.join(' -> ')}.`,
    remedy: 'Break the circle.',
  }),
  CPS0507: rule<{ kind: string; name: string }>({
    severity: 'info',
    title: 'Included definition overridden',
    message: ({ kind, name }) => `${kind} ${name} is also defined by an included file; both definitions are merged.`,
    remedy: 'Nothing needs to be done when this is meant; else rename one of them.',
  }),
  CPS0508: rule<{ service: string; limit: number }>({
    severity: 'error',
    title: 'Extends nested too deeply',
    message: ({ service, limit }) =>
      `Services extend each other more than ${limit} levels deep; what ${JSON.stringify(service)} extends is left out.`,
    remedy: 'Extend the service that has what is needed.',
  }),
  CPS0601: rule<{ port: string; problem: string }>({
    severity: 'error',
    title: 'Invalid port',
    message: ({ port, problem }) => `The port ${JSON.stringify(port)} is not valid: ${problem}.`,
    remedy: 'Write [HOST:]CONTAINER[/PROTOCOL] with ports from 1 to 65535.',
  }),
  CPS0602: rule<{ volume: string; problem: string }>({
    severity: 'error',
    title: 'Invalid volume',
    message: ({ volume, problem }) => `The volume ${JSON.stringify(volume)} is not valid: ${problem}.`,
    remedy: 'Write [SOURCE:]TARGET[:OPTIONS], or the long form.',
  }),
  CPS0603: rule<{ device: string }>({
    severity: 'error',
    title: 'Invalid device',
    message: ({ device }) => `The device ${JSON.stringify(device)} is not valid.`,
    remedy: 'Write HOST[:CONTAINER[:PERMISSIONS]].',
  }),
  CPS0604: rule<{ host: string }>({
    severity: 'error',
    title: 'Invalid extra host',
    message: ({ host }) => `The extra host ${JSON.stringify(host)} is not valid.`,
    remedy: 'Write NAME=ADDRESS.',
  }),
  CPS0605: rule<{ text: string }>({
    severity: 'error',
    title: 'Invalid duration',
    message: ({ text }) => `${JSON.stringify(text)} is not a duration.`,
    remedy: 'Write a number with a unit, such as 10s or 1m30s.',
  }),
  CPS0606: rule<{ text: string }>({
    severity: 'error',
    title: 'Invalid size',
    message: ({ text }) => `${JSON.stringify(text)} is not a size.`,
    remedy: 'Write bytes, or a number with a unit, such as 512m or 1g.',
  }),
  CPS0607: rule({
    severity: 'error',
    title: 'Command not understood',
    message: () => 'A quote of this command is not closed.',
    remedy: 'Close the quote, or write the command as a list.',
  }),
  CPS0608: rule<{ what: string }>({
    severity: 'error',
    title: 'Target missing',
    message: ({ what }) => `This ${what} has no target.`,
    remedy: 'Add `target:`.',
  }),
  CPS0610: rule<{ text: string }>({
    severity: 'error',
    title: 'Not NAME=value',
    message: ({ text }) => `${JSON.stringify(text)} is not of the form NAME=value.`,
    remedy: 'Write NAME=value, or use a mapping.',
  }),
  CPS0611: rule<{ address: string }>({
    severity: 'error',
    title: 'Invalid address',
    message: ({ address }) => `${JSON.stringify(address)} is not an IP address.`,
    remedy: 'Write an IPv4 or IPv6 address.',
  }),
  CPS0612: rule<{ name: string }>({
    severity: 'error',
    title: 'Blank at the end of a variable name',
    message: ({ name }) => `The variable ${JSON.stringify(name)} has a blank at the end of its name.`,
    remedy: 'Remove the blank before the equals sign.',
  }),
  CPS0613: rule({
    severity: 'error',
    title: 'Bind mount without source',
    message: () => 'A bind mount needs a source.',
    remedy: 'Add `source:`, or use a volume.',
  }),
};
