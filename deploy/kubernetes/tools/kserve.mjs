// KServe's resources as pods, and what of them isn't a pod's.
const RUNTIME = ['annotations', 'supportedModelFormats', 'protocolVersions', 'multiModel'];
const PREDICTOR = ['minReplicas', 'model'];
const MODEL = ['runtime', 'modelFormat', 'protocolVersion', 'storageUri'];

const without = (object, names) => Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

function insist(condition, message) {
  if (!condition) throw new Error(message);
}

/** The pod that a runtime or a service describes; an error if the rest is not what Bridle's runtime needs. */
export function podOf({ apiVersion, kind, metadata, spec }) {
  const pod = (kind === 'ServingRuntime' ? ofRuntime : ofService)(spec, `${apiVersion} ${kind}`);
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: metadata.name }, spec: pod };
}

function ofRuntime(spec, what) {
  insist(what === 'serving.kserve.io/v1alpha1 ServingRuntime', `${what} isn't known`);
  const [container, ...others] = spec.containers;
  const env = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));
  insist(others.length === 0 && container.name === 'kserve-container', 'its container should be kserve-container');
  insist(container.ports.length === 1 && ['http1', 'h2c'].includes(container.ports[0].name), 'its port should be http1 or h2c');
  insist(env.BRIDLE_INFERENCE_REPOSITORY_DIR === '/mnt/models', 'it should read /mnt/models');
  insist(`${spec.protocolVersions}` === 'v2', 'it should speak v2');
  insist(spec.supportedModelFormats.some(({ name, version }) => name === 'onnx' && version === '1'), 'it should take onnx 1');
  // A service's pod is a runtime's and the predictor's in one; this is in the predictor.
  return { ...without(spec, RUNTIME), automountServiceAccountToken: false };
}

function ofService({ predictor, ...rest }, what) {
  insist(what === 'serving.kserve.io/v1beta1 InferenceService', `${what} isn't known`);
  insist(Object.keys(rest).length === 0, `${Object.keys(rest)} isn't known`);
  const { model } = predictor;
  insist(Object.keys(without(model, MODEL)).length === 0, `model.${Object.keys(without(model, MODEL))} isn't known`);
  insist(model.runtime === 'bridle' && model.protocolVersion === 'v2' && model.modelFormat.name === 'onnx',
    'it should be a model of onnx for the runtime bridle by v2');
  insist(/^(pvc|s3|gs|https):\/\//.test(model.storageUri), 'its storageUri should be an address');
  insist(predictor.automountServiceAccountToken === false, 'it has a token of the cluster');
  return { ...without(predictor, PREDICTOR), containers: [] };
}
