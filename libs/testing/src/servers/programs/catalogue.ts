import type { Program, Recipe } from './program.ts';

const TOOLS_FOLDER = 'USHADOW_TOOLS_BIN';
const ASSETS_FOLDER = 'KUBEBUILDER_ASSETS';
const VERSION_PACKAGE = 'k8s.io/component-base/version';

const kubernetes: Recipe = {
  folder: 'kubernetes',
  module: 'k8s.io/kubernetes',
  package: '.',
  linkerFlags: (version) => {
    const [major = '', minor = ''] = version.split('.');
    return [`gitVersion=v${version}`, `gitMajor=${major}`, `gitMinor=${minor}`, 'gitTreeState=clean'].map(
      (setting) => `-X ${VERSION_PACKAGE}.${setting}`,
    );
  },
  aliases: ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubectl'],
  patience: 'about 10 minutes, once',
};

const plain = { linkerFlags: () => [], aliases: [] } as const;

const kubernetesProgram = (name: string): Program => ({
  name,
  fileVariables: [],
  folderVariables: [ASSETS_FOLDER, TOOLS_FOLDER],
  recipe: kubernetes,
});

/** Every program that development and tests may need beside Node and Postgres. */
export const PROGRAMS = {
  'nats-server': {
    name: 'nats-server',
    fileVariables: ['NATS_SERVER_BIN'],
    folderVariables: [TOOLS_FOLDER],
    recipe: {
      ...plain,
      folder: 'nats-server',
      module: 'github.com/nats-io/nats-server/v2',
      package: 'github.com/nats-io/nats-server/v2',
      patience: 'about 30 seconds, once',
    },
  },
  etcd: {
    name: 'etcd',
    fileVariables: [],
    folderVariables: [ASSETS_FOLDER, TOOLS_FOLDER],
    recipe: {
      ...plain,
      folder: 'etcd',
      module: 'go.etcd.io/etcd/server/v3',
      package: '.',
      patience: 'about a minute, once',
    },
  },
  kwok: {
    name: 'kwok',
    fileVariables: ['KWOK_BIN'],
    folderVariables: [TOOLS_FOLDER],
    recipe: {
      ...plain,
      folder: 'kwok',
      module: 'sigs.k8s.io/kwok',
      package: 'sigs.k8s.io/kwok/cmd/kwok',
      patience: 'about 90 seconds, once',
    },
  },
  'kube-apiserver': kubernetesProgram('kube-apiserver'),
  'kube-controller-manager': kubernetesProgram('kube-controller-manager'),
  'kube-scheduler': kubernetesProgram('kube-scheduler'),
  kubectl: kubernetesProgram('kubectl'),
} as const satisfies Record<string, Program>;

export type ProgramName = keyof typeof PROGRAMS;
