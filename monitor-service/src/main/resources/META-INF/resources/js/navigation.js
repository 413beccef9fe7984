// The head that all pages share: the name, and the way to the other pages. A page has
// <header class="top"></header>, with whatever else its head holds inside, and loads this module.
import {element as e} from './dom.js';

/** Every page, by address and name; a page that there isn't yet has no line. */
const PAGES = [
  ['/', 'Runs'],
  ['/compare.html', 'Compare'],
  ['/replay.html', 'Replay'],
  ['/submit.html', 'Submit'],
  ['/studies.html', 'Studies'],
  ['/playground.html', 'Playground'],
];

const MARK = [
  ['path', {class: 'mark-training', d: 'M3 6 C 9 22, 17 25, 29 26.5'}],
  ['path', {class: 'mark-validation', d: 'M3 5 C 8 16, 13 19.5, 17 18.5 S 25 12, 29 9'}],
  ['circle', {class: 'mark-best', cx: 15.4, cy: 18.7, r: 2.7}],
];

function drawn(tag, properties) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(properties)) node.setAttribute(name, value);
  return node;
}

function brand() {
  const mark = drawn('svg', {viewBox: '0 0 32 32', width: 30, height: 30, 'aria-hidden': 'true'});
  mark.append(...MARK.map(([tag, properties]) => drawn(tag, properties)));
  return e('a', {class: 'brand', href: '/'}, mark, 'Bridle');
}

function pages() {
  const here = location.pathname.replace(/index\.html$/, '');
  return e('nav', {class: 'pages', 'aria-label': 'Pages'},
    PAGES.map(([address, name]) =>
      e('a', {href: address, 'aria-current': address === here ? 'page' : undefined}, name)));
}

document.querySelector('header.top').prepend(brand(), pages());
