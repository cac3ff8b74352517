import { rule } from '@ushadow/compose';

export const STORAGE_RULES = {
  CMP0901: rule<{ service: string; source: string; target: string; outside: boolean }>({
    severity: 'warning',
    title: 'Bind source is not there',
    message: ({ service, source, target }) =>
      `"${source}", which service "${service}" mounts at "${target}", is not there; an empty volume is mounted instead.`,
    remedy: ({ outside }) =>
      outside
        ? 'Copy the data into the volume, mount the share as an NFS volume, or label the service "kompose.volume.type: hostPath" for data of one node.'
        : 'Create the file or folder before compiling, or use a named volume.',
  }),
  CMP0902: rule<{ service: string; source: string; target: string }>({
    severity: 'warning',
    title: 'Folder is too large to travel along',
    message: ({ service, source, target }) =>
      `"${source}", which service "${service}" mounts at "${target}", does not fit into a ConfigMap (1 MiB); an empty volume is mounted instead.`,
    remedy: 'Put the content into the image, or copy it into the volume.',
  }),
  CMP0903: rule<{ service: string; source: string; target: string }>({
    severity: 'info',
    title: 'Mounted files cannot be written',
    message: ({ service, source, target }) =>
      `"${source}" is copied into the cluster; service "${service}" can read but not change it at "${target}".`,
    remedy: 'Use a named volume for data that the service writes.',
  }),
  CMP0452: rule<{ service: string; source: string; target: string }>({
    severity: 'warning',
    title: 'File that is written cannot be',
    message: ({ service, source, target }) =>
      `"${source}" is copied into the cluster; service "${service}" cannot write to it at "${target}", where such a file is written as a rule.`,
    remedy: ({ target }) =>
      `Mount a named volume at a folder, let the program keep the file there instead of "${target}", and copy what it holds; or write ":ro" if it is only read.`,
  }),
  CMP0904: rule<{ service: string; source: string }>({
    severity: 'warning',
    title: 'Named pipe is not carried over',
    message: ({ service, source }) => `The named pipe "${source}" of service "${service}" is not carried over.`,
    remedy: 'Add a host path with an x-k8s patch on Windows nodes.',
  }),
  CMP0905: rule<{ volume: string; driver: string }>({
    severity: 'warning',
    title: 'Volume driver is not carried over',
    message: ({ volume, driver }) =>
      `Volume "${volume}" has driver "${driver}" with options that a claim does not have.`,
    remedy: 'Name a storage class for the volume.',
  }),
  CMP0906: rule<{ volumes: string; services: string }>({
    severity: 'warning',
    title: 'Shared volume keeps its users on one node',
    message: ({ volumes, services }) =>
      `Services ${services} share ${volumes}, which one node only can mount: they all run on the same node.`,
    remedy: 'Use a storage class that supports ReadWriteMany and say so in the storage defaults.',
  }),
  CMP0907: rule<{ service: string; device: string }>({
    severity: 'warning',
    title: 'Device needs a device plug-in',
    message: ({ service, device }) =>
      `The device "${device}" of service "${service}" is named, not a path; it is not carried over.`,
    remedy: 'Install a device plug-in and ask for its resource in the limits.',
  }),
  CMP0908: rule<{ service: string; target: string; what: string; remedy: string }>({
    severity: 'warning',
    title: 'Replicas share one volume',
    message: ({ service, target, what }) =>
      `All copies of service "${service}" use one volume at "${target}", ${what}.`,
    remedy: ({ remedy }) => remedy,
  }),
  CMP0909: rule<{ service: string; target: string }>({
    severity: 'warning',
    title: 'Mounts do not reach the node',
    message: ({ service, target }) =>
      `What service "${service}" mounts below "${target}" does not reach the node: only a privileged container may do that.`,
    remedy: 'Make the service privileged, or do without.',
  }),
  CMP0911: rule<{ service: string; source: string }>({
    severity: 'error',
    title: 'Host path is not allowed',
    message: ({ service, source }) => `Service "${service}" mounts "${source}" of the node, which is not allowed here.`,
    remedy: 'Remove the mount, or have the path allowed by whoever runs this installation.',
  }),
  CMP0912: rule<{ service: string; source: string; what: string }>({
    severity: 'warning',
    title: 'Path of the node is mounted',
    message: ({ service, source, what }) =>
      `Service "${service}" mounts "${source}" of whatever node it runs on: ${what}.`,
    remedy:
      'Remove the mount if the service can do without. With some paths it controls the node, and clusters often forbid it.',
  }),
  CMP0913: rule<{ service: string; source: string }>({
    severity: 'warning',
    title: 'Private folder is not uploaded',
    message: ({ service, source }) =>
      `"${source}", which service "${service}" mounts, holds private keys or logins and is not copied; the path of the node is mounted.`,
    remedy: 'Give the service a secret of its own.',
  }),
  CMP0914: rule<{ service: string; source: string; links: string }>({
    severity: 'warning',
    title: 'Link out of a mounted folder is left out',
    message: ({ service, source, links }) =>
      `"${source}", which service "${service}" mounts, has links that lead out of it: ${links}. What they lead to is not copied.`,
    remedy: 'Put a copy of the file into the folder, or mount it by itself.',
  }),
  CMP0915: rule<{ service: string; target: string }>({
    severity: 'error',
    title: 'Replicas of a database share one volume',
    message: ({ service, target }) =>
      `Service "${service}" is a database with several replicas and one volume at "${target}", which one process has to own.`,
    remedy:
      'Run one replica, or give each a claim of its own where the database replicates by itself: `x-ushadow: { per_replica: true }` at the volume.',
  }),
  CMP0916: rule<{ volume: string; services: string }>({
    severity: 'error',
    title: 'Volume for one pod is mounted by several',
    message: ({ volume, services }) =>
      `Volume "${volume}" is ReadWriteOncePod and mounted by more than one pod (${services}); all but one never start.`,
    remedy: 'Ask for ReadWriteOnce or ReadWriteMany.',
  }),
  CMP0917: rule<{ service: string; source: string; other: string; folder: string }>({
    severity: 'warning',
    title: 'Part of a mounted folder comes from elsewhere',
    message: ({ service, source, other, folder }) =>
      `"${source}" of service "${service}" lies in "${folder}", which service "${other}" mounts; in the cluster one is a copy of the files and the other a volume, so that neither sees what is written to the other.`,
    remedy: 'Mount a named volume in both where they exchange files.',
  }),
  CMP0918: rule<{ service: string; target: string; folder: string }>({
    severity: 'info',
    title: 'Volume is a folder of its claim',
    message: ({ service, target, folder }) =>
      `What service "${service}" mounts at "${target}" is the folder "${folder}" of the claim: its image wants an empty folder, and the top of a new file system has "lost+found".`,
    remedy: 'For a claim that holds data at its top already, label the service "kompose.volume.subpath: .".',
  }),
  CMP0919: rule<{ volume: string; service: string }>({
    severity: 'warning',
    title: 'Volume is one for all',
    message: ({ volume, service }) =>
      `Volume "${volume}" asks for a claim of each replica; that can be had only by one service that runs as a StatefulSet, which "${service}" does not alone.`,
    remedy: 'Run the service as a StatefulSet, and mount the volume in no other.',
  }),
  CMP0931: rule<{ service: string; source: string }>({
    severity: 'info',
    title: 'Time zone of the machine is left out',
    message: ({ service, source }) =>
      `"${source}" of the machine tells service "${service}" the time zone; nodes keep universal time, so it is not mounted.`,
    remedy: 'Set the variable TZ where local time matters.',
  }),
  CMP0932: rule<{ service: string; source: string; target: string; shared: boolean }>({
    severity: 'info',
    title: 'Temporary folder of the machine is not shared with it',
    message: ({ service, source, target, shared }) =>
      `"${source}", which service "${service}" mounts at "${target}", holds temporary files: nothing of it is copied, and ${shared ? 'a volume that its services share' : 'an empty folder of the pod'} is mounted.`,
    remedy: 'Mount another folder if its content is needed.',
  }),
  CMP0933: rule<{ service: string; source: string; target: string }>({
    severity: 'warning',
    title: 'Folder stays the volume that it was',
    message: ({ service, source, target }) =>
      `"${source}", which service "${service}" mounts at "${target}", was made a volume by an earlier deployment and stays where its data is; the files that the folder has by now do not travel with the manifests.`,
    remedy: 'Label the service "kompose.volume.type: configMap" to mount the files in its place.',
  }),
  CMP0940: rule<{ service: string; target: string; because: string }>({
    severity: 'info',
    title: 'Empty volume is filled from the image',
    message: ({ service, target, because }) =>
      `While the volume that service "${service}" mounts at "${target}" is empty, it is filled with what the image has there, as under Compose: ${because}.`,
    remedy:
      'For a volume that is to start empty, write `nocopy: true` in the service, or `x-ushadow: { copy_up: false }` at the volume.',
  }),
  CMP0941: rule<{ service: string; target: string; because: string }>({
    severity: 'warning',
    title: 'Volume hides what the image has',
    message: ({ service, target, because }) =>
      `Under Compose the new volume that service "${service}" mounts at "${target}" is filled with what the image has there; in the cluster it starts empty, since it is not known whether the image has a shell to copy with, and it seems to be needed: ${because}.`,
    remedy:
      'Where the image has a shell and cp, write `x-ushadow: { copy_up: true }` at the volume, or at its entry in the service in the long form; else leave the volume out, or fill it when the service starts. Where it is to be empty, write `copy_up: false`.',
  }),
  CMP0943: rule<{ volumes: string; size: string }>({
    severity: 'warning',
    title: 'Volumes are likely too small',
    message: ({ volumes, size }) =>
      `Nobody gives these volumes a size, so each gets ${size}, which what they hold will soon exceed: ${volumes}.`,
    remedy:
      'Label the volume "kompose.volume.size", name its size in the deployment spec, or choose another default, with --storage-size where it is compiled by hand.',
  }),
  CMP0944: rule<{ volumes: string; size: string }>({
    severity: 'info',
    title: 'Databases get the default size',
    message: ({ volumes, size }) => `Nobody gives these volumes of databases a size, so each gets ${size}: ${volumes}.`,
    remedy:
      'Label the volume "kompose.volume.size" or name its size in the deployment spec; not every storage class can let it grow later.',
  }),
  CMP0921: rule<{ service: string; kind: string; name: string }>({
    severity: 'error',
    title: 'Config or secret is not defined',
    message: ({ service, kind, name }) => `Service "${service}" uses ${kind} "${name}", which is not defined.`,
    remedy: ({ kind, name }) => `Define "${name}" under "${kind}s:".`,
  }),
  CMP0922: rule<{ objects: string }>({
    severity: 'info',
    title: 'Objects must be there already',
    message: ({ objects }) => `The project leaves to others to make, and expects in the namespace: ${objects}.`,
    remedy: 'Create what is missing before deploying; a plan says what is.',
  }),
  CMP0923: rule<{ kind: string; name: string; variable: string }>({
    severity: 'warning',
    title: 'Variable of a config or secret is not set',
    message: ({ kind, name, variable }) =>
      `The content of ${kind} "${name}" is in variable ${variable}, which is not set; it is empty.`,
    remedy: 'Set the variable.',
  }),
  CMP0924: rule<{ kind: string; name: string; file: string }>({
    severity: 'warning',
    title: 'File of a config or secret is not there',
    message: ({ kind, name, file }) =>
      `The content of ${kind} "${name}" is in "${file}", which cannot be read; it is empty.`,
    remedy: 'Create the file.',
  }),
  CMP0925: rule<{ kind: string; name: string; file: string }>({
    severity: 'error',
    title: 'File of a config or secret is too large',
    message: ({ kind, name, file }) =>
      `The content of ${kind} "${name}", "${file}", does not fit into one object, which holds 1 MiB.`,
    remedy: 'Put the file into the image or a volume.',
  }),
};
