import { card, element, formOf } from './cards.js';

const at = (id) => document.getElementById(id);
const PLATFORMS = ['x', 'reddit', 'discord', 'mail'];
const platform = () => (PLATFORMS.includes(location.hash.slice(1)) ? location.hash.slice(1) : 'x');
const PREFIX = { x: '@OKPaySupport ', reddit: '', discord: '@OKPay_Helper ', mail: '' };
let world;
let room;
let under;
let drawn = '';
/** The message that somebody came to see. */
let marked;

async function look() {
  try {
    world = await (await fetch('state')).json();
    at('trouble').hidden = true;
    draw();
  } catch {
    at('trouble').textContent = 'The local platforms were stopped.';
    at('trouble').hidden = false;
  }
}

async function act(what) {
  const visitor = { who: at('who').value, room, locale: at('locale').value };
  const answer = await fetch('act', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...visitor, ...what }),
  });
  const { error, type, data } = await answer.json();
  if (error) showPrivate(element('p', 'wrong', error));
  else if (type === 9)
    showPrivate(formOf(data, (fields) => act({ do: 'submit', message: what.message, id: data.custom_id, fields })));
  else if (data?.content || data?.embeds)
    showPrivate(card(data, (id, values) => act({ do: 'press', id, ...(values && { values }) })));
  else showPrivate();
  await look();
}

function showPrivate(shown) {
  at('private').replaceChildren(...(shown ? [element('p', 'note', 'Only you see this'), shown] : []));
  at('private').hidden = !shown;
  at('private').scrollIntoView({ block: 'nearest' });
}

function draw() {
  for (const one of PLATFORMS) at(`count-${one}`).textContent = world.replies[one] || '';
  for (const link of document.querySelectorAll('header nav a')) {
    if (link.hash === `#${platform()}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const where = platform();
  const rooms = world.discord;
  room = rooms.some(({ id }) => id === room) ? room : rooms[0]?.id;
  const here = rooms.find(({ id }) => id === room);
  const now = JSON.stringify([where, room, where === 'discord' ? [here, rooms.map(({ id }) => id)] : world[where]]);
  if (now === drawn) return;
  drawn = now;
  at('rooms').hidden = where !== 'discord';
  at('command').hidden = where !== 'discord';
  at('say').hidden = where === 'discord' && Boolean(here?.staff);
  at('rooms').replaceChildren(...rooms.map(roomButton));
  at('posts').replaceChildren(
    ...(where === 'discord' ? (here?.messages ?? []) : world[where]).map((one) => item(one, where)),
  );
}

function roomButton({ id, name, staff }) {
  const button = element('button', staff ? 'staff' : '', `# ${name}`);
  button.type = 'button';
  if (id === room) button.setAttribute('aria-current', 'true');
  button.onclick = () => {
    room = id;
    answerTo();
    draw();
  };
  return button;
}

function item(one, where) {
  const li = element('li', one.ours && !one.embeds ? 'ours' : '');
  li.id = one.id;
  if (one.id === marked) li.classList.add('shown');
  const head = element('p', 'head');
  head.append(
    element('b', '', one.name ?? one.who),
    ` @${one.who}${one.place ? ` · ${one.place}` : ''} · ${timeOf(one.at)}`,
  );
  if (one.ours) head.append(element('span', 'tag', one.embeds ? 'card' : 'our reply'));
  if (one.edited) head.append(element('span', 'note', ' edited'));
  li.append(head);
  if (one.title) li.append(element('p', where === 'discord' ? 'note' : 'title', one.title));
  li.append(element('p', one.gone ? 'note' : 'text', one.gone ? 'deleted by its author' : one.text));
  if (one.embeds || one.components)
    li.append(card(one, (id, values) => act({ do: 'press', message: one.id, id, ...(values && { values }) })));
  if (!one.gone && !one.embeds) {
    const button = element('button', 'quiet', 'Answer');
    button.type = 'button';
    button.onclick = () => answerTo(one);
    li.append(button);
  }
  if (one.under.length > 0) {
    const list = element('ol', 'under');
    list.append(...one.under.map((answer) => item(answer, where)));
    li.append(list);
  }
  return li;
}

function answerTo(one) {
  under = one?.id;
  at('under').hidden = !one;
  at('under').firstElementChild.textContent = one ? `Answers @${one.who}: ${one.text.slice(0, 80)}` : '';
  if (one) at('text').focus();
}

function timeOf(ms) {
  return new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

at('not-under').onclick = () => answerTo();
at('say').onsubmit = (event) => {
  event.preventDefault();
  const where = platform();
  void act({
    do: where,
    text: at('text').value,
    ...(under && { under }),
    ...(where === 'discord' && { room }),
  });
  at('text').value = PREFIX[where];
  answerTo();
};
at('command').onsubmit = (event) => {
  event.preventDefault();
  void act({
    do: 'command',
    name: at('name').value,
    text: at('with').value,
  });
};
addEventListener('hashchange', () => {
  at('text').value = PREFIX[platform()];
  answerTo();
  showPrivate();
  draw();
});
at('text').value = PREFIX[platform()];
await look();
setInterval(look, 1000);
const asked = new URLSearchParams(location.search).get('show');
if (asked) show(asked);

/** Opens the place of a message, and puts it under the eyes. */
function show(id) {
  room = world.discord.find(({ messages }) => messages.some((one) => one.id === id))?.id ?? room;
  marked = id;
  drawn = '';
  draw();
  at(id)?.scrollIntoView({ block: 'center' });
}
