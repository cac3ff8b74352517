/** What to do about a refusal from a shell, by its code. */
const hints: ReadonlyMap<string, string> = new Map([
  ['UPLOAD_NAME_TAKEN', 'Give this one another name with -p NAME; to deploy the one that has it, leave this folder.'],
  ['PROJECT_NOT_FOUND', 'Go to the folder of its Compose file, or correct the name.'],
  ['STACK_AMBIGUOUS', 'Say which one with -n NAMESPACE.'],
  ['NAMESPACE_RESERVED', 'Name a namespace with -n NAMESPACE.'],
  ['NAMESPACE_NOT_EMPTY', 'Name another one with -n NAMESPACE, or say yes to it with --yes.'],
  ['DEPENDENCY_NOT_RUNNING', 'Take along what it depends on with --with-dependencies.'],
  ['SHARED_CONFLICT', 'Name the other services as well, or none for all of them.'],
  ['NAME_TAKEN', 'Use another namespace with -n; what nobody owns can be taken with --adopt KIND/NAME.'],
  ['ENVIRONMENT_UNRESOLVED', 'Give values with -e NAME=VALUE, in .env, or in this shell.'],
  ['DEPLOYMENT_IN_PROGRESS', 'Follow it with ushadow status ID --wait, or end it with ushadow cancel ID.'],
  ['COMMAND_NOT_IN_CONTAINER', 'Where the image has no shell, --debug IMAGE runs one beside it, such as busybox.'],
  ['POD_NOT_FOUND', 'See what runs with: ushadow ps'],
  ['PORT_UNKNOWN', 'Say it with --port N.'],
  ['PLAN_EXPIRED', 'Make it anew with: ushadow plan --again PLAN'],
  ['TOKEN_UNKNOWN', 'Put one that is good into USHADOW_TOKEN; ushadow token create makes it.'],
  ['TAG_TAKEN', 'Move it with --force.'],
  ['REVISION_NOT_FOUND', 'See what there is with: ushadow history'],
  ['NO_REVISION', 'See what there is with: ushadow history'],
]);

export function hintOf(code: string): string | undefined {
  return hints.get(code);
}
