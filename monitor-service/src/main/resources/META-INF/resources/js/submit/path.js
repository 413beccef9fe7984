// Where a value stands in a submission, as the trainer names it: regularization[0].strength

function steps(path) {
  return path.match(/[^.[\]]+/g).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** The value there; undefined where there is none. */
export function found(value, path) {
  return steps(path).reduce((part, step) => part?.[step], value);
}

/** Puts it there, in objects and lists that are made where they lack; undefined takes away what is there. */
export function put(value, path, wanted) {
  const all = steps(path);
  const last = all.pop();
  const part = all.reduce((inner, step, at) => {
    if (typeof inner[step] !== 'object') inner[step] = typeof (all[at + 1] ?? last) === 'number' ? [] : {};
    return inner[step];
  }, value);
  if (wanted !== undefined) part[last] = wanted;
  else if (Array.isArray(part)) part.splice(last, 1);
  else delete part[last];
}

/** The path without its last step. */
export function above(path) {
  return path.replace(/(\.[^.[\]]+|\[\d+\])$/, '');
}
