// An image's bill of materials: node image.mjs IMAGE ID BOM OUT < WHAT IT HOLDS, which is, parted by form feeds: its os-release,
// its packages of Debian's kind, and the hashes of its libraries. Each library should be one of the service's own bill.
import { readFileSync, writeFileSync } from 'node:fs';
import { byFile } from './libraries.mjs';

const [image, id, bomFile, out] = process.argv.slice(2);
const lines = text => text.split('\n').filter(Boolean);
const [osRelease, packages, libraries] = readFileSync(0, 'utf8').split('\f').map(lines);
const bom = JSON.parse(readFileSync(bomFile, 'utf8'));

const os = Object.fromEntries(osRelease.map(line => line.split(/=(.*)/s)).map(([key, value]) => [key, value.replace(/^"|"$/g, '')]));

const libraryOf = byFile(bom.components);
const wrong = [];
for (const line of libraries) {
  const [hash, path] = line.split(/\s+/);
  const component = libraryOf.get(path.split('/').pop());
  if (!component) {
    wrong.push(`${image} ${path} should be in ${bomFile}: is not`);
    continue;
  }
  // The native libraries of other systems were taken out of it.
  const asBuilt = component.hashes.find(({ alg }) => alg === 'SHA-256').content;
  if (asBuilt !== hash) {
    component.hashes = [{ alg: 'SHA-256', content: hash }];
    component.properties = [...component.properties ?? [], { name: 'bridle:trimmed-from', value: asBuilt }];
  }
}

const system = packages.map(line => line.split('\t')).map(([name, version, architecture]) => {
  const purl = `pkg:deb/${os.ID}/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=${architecture}&distro=${os.ID}-${os.VERSION_ID}`;
  return { type: 'library', 'bom-ref': purl, name, version, purl };
});
if (!libraries.length || !system.length) {
  wrong.push(`${image} should hold libraries and packages: holds ${libraries.length} and ${system.length}`);
}
const operatingSystem = { type: 'operating-system', 'bom-ref': `os:${os.ID}-${os.VERSION_ID}`, name: os.ID, version: os.VERSION_ID };
bom.metadata.component = { type: 'container', 'bom-ref': image, name: image, properties: [{ name: 'bridle:image-id', value: id }] };
bom.components.push(operatingSystem, ...system);
writeFileSync(out, `${JSON.stringify(bom, null, 1)}\n`);
wrong.forEach(line => console.error(line));
console.log(`${out}: ${libraries.length} libraries, ${system.length} packages of ${os.PRETTY_NAME}`);
process.exit(wrong.length ? 1 : 0);
