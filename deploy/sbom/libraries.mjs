/** The file that Quarkus delivers a library as. */
export function fileOf({ group, name, version, purl }) {
  const classifier = new URLSearchParams(purl?.split('?')[1]).get('classifier');
  return `${group}.${name}-${version}${classifier ? `-${classifier}` : ''}.jar`;
}

/** The components of a bill that are libraries, by their files. */
export const byFile = components => new Map(
  components.filter(({ purl }) => purl?.startsWith('pkg:maven/')).map(component => [fileOf(component), component]));
