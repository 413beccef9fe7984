// The trainer and inference, asked through the monitor: a page asks its own origin alone.

/** What a service answers, as JSON; what it says is wrong becomes the error's message and fields. */
export async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error("the monitor doesn't answer");
  }
  const text = await response.text();
  let body;
  try {
    body = text ? JSON.parse(text) : {};
  } catch {
    body = {detail: `status ${response.status}`};
  }
  if (!response.ok) {
    const problem = new Error(body.detail ?? body.error ?? `status ${response.status}`);
    problem.fields = body.errors ?? [];
    throw problem;
  }
  return body;
}

export function post(path, value) {
  return ask(path, {
    method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(value),
  });
}
