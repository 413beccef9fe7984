// A list of a submission: its entries with their own fields, to add to, to remove and to put in order.
import {element as e} from '../dom.js';
import {FIRST} from '../replay/settings.js';

const FEW = 4; // fields that are seen at a glance

/**
 * @param part a list, of parts()
 * @param title what it is called
 * @param shown makes the fields of an entry's parts; their label is without the entry's path
 * @param acts {add(part, variant), remove(part, at), earlier(part, at)}
 */
export function listBox(part, title, shown, acts) {
  const {path, hint, entries} = part;
  return e('fieldset', {class: 'list', 'data-list': path, 'aria-describedby': `hint-${path} fault-${path}`},
    e('legend', {}, title),
    e('small', {id: `hint-${path}`}, [hint, byDefault(part)].filter(Boolean).join(' ')),
    e('small', {id: `fault-${path}`, class: 'fault'}),
    entries.length > 0 ? e('ol', {}, entries.map((entry, at) => row(part, title, entry, at, shown, acts))) : null,
    adder(part, title, acts));
}

function byDefault({entries, standard}) {
  if (entries.length > 0) return '';
  return standard?.length > 0 ? `Not said: ${JSON.stringify(standard)}, the default.` : 'None.';
}

function row(part, title, entry, at, shown, acts) {
  const name = entry.name ?? String(at + 1);
  const of = `${name}, ${at + 1} of ${part.entries.length} in ${title}`;
  const plain = entry.parts.length === 1 && entry.parts[0].path === entry.path;
  const buttons = e('p', {class: 'acts'},
    at > 0 ? button(`earlier-${entry.path}`, 'Earlier', `Move up: ${of}`, () => acts.earlier(part, at)) : null,
    button(`remove-${entry.path}`, 'Remove', `Remove: ${of}`, () => acts.remove(part, at), part.entries.length <= part.least));
  if (plain) return e('li', {class: 'plain', 'data-entry': entry.path}, shown(entry.parts, entry.path), buttons);
  return e('li', {'data-entry': entry.path}, e('fieldset', {class: 'entry'},
    e('legend', {}, `${at + 1}. ${entry.name ?? ''}`),
    entry.hint ? e('small', {}, entry.hint) : null,
    entry.known ? null : e('small', {class: 'fault'}, 'Of no known kind: it stands in the text below.'),
    fields(entry, shown),
    buttons));
}

/** Of many, those that are seldom wanted are folded away. */
function fields({parts, path}, shown) {
  const main = parts.length > FEW ? parts.filter(often) : parts;
  const others = parts.filter((part) => !main.includes(part));
  return [
    main.length > 0 ? e('div', {class: 'fields'}, shown(main, path)) : null,
    others.length > 0
      ? e('details', {}, e('summary', {}, 'More settings'), e('div', {class: 'fields'}, shown(others, path)))
      : null,
  ];
}

/** Whether most who have such an entry want to see it: not what does nothing unless it is set. */
function often({path, list, said, needed, options, type, standard, limits}) {
  return list || said || needed || FIRST.includes(path.split('.').pop())
    || (standard !== undefined && (options !== undefined || (type === 'number' && standard !== limits.minimum)));
}

function adder(part, title, acts) {
  const {path, variants, entries, most} = part;
  const choice = variants && e('select', {id: `variant-${path}`, 'aria-label': `What to add to ${title}`},
    variants.map((name) => e('option', {value: name}, name)));
  return e('p', {class: 'acts'}, choice ?? null,
    button(`add-${path}`, 'Add', `Add to ${title}`, () => acts.add(part, choice?.value), entries.length >= most));
}

function button(id, text, label, act, disabled = false) {
  const made = e('button', {id, type: 'button', 'aria-label': label, disabled: disabled ? '' : undefined}, text);
  made.addEventListener('click', act);
  return made;
}
