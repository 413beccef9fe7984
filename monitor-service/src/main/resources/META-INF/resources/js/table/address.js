// What the page was asked, in its address: so that it can be handed on, and outlives a reload.

/** Of the parameter; empty where there is none. */
export function asked(name) {
  return new URLSearchParams(location.search).get(name) ?? '';
}

/** Sets parameters, and takes those away that are said to be empty; others stay as they are. */
export function remember(parameters) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(parameters)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const said = query.toString();
  history.replaceState(null, '', said ? `?${said}` : location.pathname);
}
