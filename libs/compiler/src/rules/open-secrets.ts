import { jsonPointer } from '@ushadow/compose';
import type { DesignedService } from '../model/design.ts';
import { secretReplacer } from '../sensitive/secret-replacer.ts';
import { literalSecrets } from '../sensitive/literal-secrets.ts';
import { piecesOf } from '../sensitive/secret-placeholders.ts';
import type { DesignRule, ServiceRule } from './rule.ts';

/** Secrets that no variable holds, in what stands in a workload for everybody to read. */
export const literalsInTheOpen: ServiceRule = (designed, { report }) => {
  for (const { where, words, path } of openTexts(designed)) {
    const what = literalSecrets(words);
    if (what.length > 0) report('CMP0450', path, { service: designed.service.name, where, what: what.join(', ') });
  }
};

/** Known secrets in what no variable can be put into, and no decision is made without: names, folders, images. */
export const knownInTheOpen: DesignRule = ({ services, placeholders }, { input, report }) => {
  if (placeholders.length === 0) return;
  const replace = secretReplacer(placeholders, input);
  for (const { service } of services) {
    const { path, process, image } = service;
    const places = [
      { field: 'hostname', text: process.hostname, at: `${path}/hostname` },
      { field: 'domainname', text: process.domainname, at: `${path}/domainname` },
      { field: 'workingDir', text: process.workingDir, at: `${path}/working_dir` },
      { field: 'image', text: image.reference, at: `${path}/image` },
      ...keysOf('labels', service.labels, path),
      ...keysOf('deploy/labels', service.deployLabels, path),
      ...keysOf('annotations', service.annotations, path),
    ];
    for (const { field, text = '', at } of places) {
      const pieces = piecesOf(replace(text, at), placeholders);
      const names = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : piece.names.slice(0, 1)));
      for (const variable of new Set(names))
        report('CMP0440', at, { variable, object: `the workload of "${service.name}"`, field });
    }
  }
};

function keysOf(key: string, texts: Readonly<Record<string, string>>, path: string) {
  return Object.keys(texts).map((text) => ({ field: 'a label', text, at: `${path}/${key}${jsonPointer([text])}` }));
}

interface OpenText {
  readonly where: string;
  readonly words: readonly string[];
  readonly path: string;
}

function openTexts({ service, probes }: DesignedService): readonly OpenText[] {
  const { path, process, lifecycle } = service;
  const checks = [probes.readiness, probes.liveness, probes.startup].flatMap((probe) =>
    probe?.handler.kind === 'exec'
      ? [{ where: 'its health check', words: probe.handler.command, path: probe.path }]
      : [],
  );
  const steps = [...lifecycle.before, ...lifecycle.afterStart, ...lifecycle.beforeStop].map((hook) => ({
    where: 'a hook',
    words: [...hook.command, ...Object.entries(hook.environment).map(assignment)],
    path: hook.path,
  }));
  return [
    { where: 'its entrypoint', words: process.entrypoint ?? [], path: `${path}/entrypoint` },
    { where: 'its command', words: process.command ?? [], path: `${path}/command` },
    ...checks.slice(0, 1),
    ...steps,
    ...described('labels', service.labels, path),
    ...described('deploy/labels', service.deployLabels, path),
    ...described('annotations', service.annotations, path),
  ];
}

/** The name of a label tells less than that of an option: it may name a secret that is elsewhere. */
function described(key: string, texts: Readonly<Record<string, string>>, path: string): readonly OpenText[] {
  return Object.entries(texts).map(([name, text]) => ({
    where: `the label ${name}`,
    words: [text],
    path: `${path}/${key}${jsonPointer([name])}`,
  }));
}

const assignment = ([name, value]: readonly [string, string]): string => `${name}=${value}`;
