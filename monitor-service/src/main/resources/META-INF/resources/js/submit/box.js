// A field for a single value: its label, what it means and keeps to, and what is wrong with it.
import {element as e, say} from '../dom.js';
import {above, found} from './path.js';

/**
 * @param part a single value, of parts()
 * @param label what it is called; its path where nothing else is said
 * @param changed called with the part and what is meant, undefined for its default
 */
export function box(part, label, changed) {
  const {path, options, standard, hint, type, needed} = part;
  const about = {
    id: `field-${path}`, 'aria-describedby': `hint-${path} fault-${path}`, 'aria-required': needed ? 'true' : undefined,
  };
  const asked = options
    ? e('select', about, ['', ...options].map((option) => e('option', {value: option}, option === '' ? left(part) : String(option))))
    : e('input', {
      ...about, type: 'text', autocomplete: 'off', inputmode: type === 'number' ? 'decimal' : undefined, placeholder: standard,
    });
  asked.addEventListener('change', () => changed(part, meant(asked.value.trim(), type)));
  return e('div', {class: 'field'},
    e('label', {for: about.id}, label), asked,
    e('small', {id: `hint-${path}`}, hint),
    e('small', {id: `fault-${path}`, class: 'fault'}));
}

function left({standard, needed}) {
  if (standard !== undefined) return `${standard}, the default`;
  return needed ? 'choose one' : 'not said';
}

/** Shows what the submission says there. */
export function fill({path, type}, value) {
  const said = found(value, path);
  const field = document.getElementById(`field-${path}`);
  // An action may be a word where it could be an object: its kind then.
  const whole = /\.kind$/.test(path) ? found(value, above(path)) : undefined;
  const word = typeof whole === 'string' ? whole : said;
  field.value = word === undefined ? '' : typeof word === 'object' || type === 'json' ? JSON.stringify(word) : word;
}

/** Shows what is wrong with it; nothing where the message is empty. */
export function mark(path, message) {
  const place = document.getElementById(`fault-${path}`);
  if (!place) return false;
  say(place, message);
  const field = document.getElementById(`field-${path}`);
  if (message) field?.setAttribute('aria-invalid', 'true');
  else field?.removeAttribute('aria-invalid');
  if (message) place.closest('details')?.setAttribute('open', '');
  return true;
}

/** What is no number though it should be one stays text, for its fault to say so. */
function meant(text, type) {
  if (text === '') return undefined;
  if (type === 'number') return Number.isNaN(Number(text)) ? text : Number(text);
  if (type === 'boolean') return text === 'true';
  if (type !== 'json') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
