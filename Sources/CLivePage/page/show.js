'use strict';

// Speaks with the show over one WebSocket. Pictures come as messages of two little-endian numbers
// (the picture's, and its newest keystroke's) and a JPEG; all else is JSON.

const $ = id => document.getElementById(id);
const picture = $('picture').getContext('2d');
const glow = $('glow').getContext('2d');
const text = $('text');

let socket = null;
let me = 0;
let patience = 250;

// Keystrokes have numbers of their own, so that two pages don't take each other's for theirs.
let key = Math.floor(Math.random() * 2 ** 31);
const waiting = new Map();
const drawnAt = [];
const delays = [];

// What a test or a curious person may look at.
window.fabula = {
  pictures: 0,
  delays,
  get fps() { return rate(); },
  get waiting() { return waiting.size; },
};

function say(message) {
  if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

function connect() {
  const address = new URL('live', location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  address.search = location.search;
  socket = new WebSocket(address);
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => {
    patience = 250;
    if (text.value) typed();
  };
  socket.onmessage = event =>
    typeof event.data === 'string' ? hear(JSON.parse(event.data)) : see(event.data);
  socket.onclose = () => {
    note('The show has ended, or is out of reach.', true);
    waiting.clear();
    setTimeout(connect, patience);
    patience = Math.min(patience * 2, 5000);
  };
}

setInterval(() => say({ type: 'alive' }), 8000);

// MARK: pictures

let newest = null;
let isDecoding = false;

function see(buffer) {
  newest = buffer;
  if (!isDecoding) decode();
}

async function decode() {
  isDecoding = true;
  while (newest) {
    const buffer = newest;
    newest = null;
    const head = new DataView(buffer);
    const [number, drawnKey] = [head.getUint32(0, true), head.getUint32(4, true)];
    try {
      const image = await createImageBitmap(
        new Blob([new Uint8Array(buffer, 8)], { type: 'image/jpeg' }));
      paint(image, drawnKey);
      image.close();
    } catch { /* A broken picture is followed by a whole one. */ }
    say({ type: 'drawn', number });
  }
  isDecoding = false;
}

function paint(image, drawnKey) {
  const canvas = picture.canvas;
  if (canvas.width !== image.width || canvas.height !== image.height) {
    [canvas.width, canvas.height] = [image.width, image.height];
    document.documentElement.style.setProperty('--shape', image.width / image.height);
  }
  picture.drawImage(image, 0, 0);
  if (window.fabula.pictures % 12 === 0) shine(image);
  window.fabula.pictures += 1;
  note('');
  const now = performance.now();
  drawnAt.push(now);
  while (drawnAt.length && drawnAt[0] < now - 2000) drawnAt.shift();
  // A later keystroke's picture shows the earlier ones as well.
  if (waiting.has(drawnKey)) {
    const since = waiting.get(drawnKey);
    for (const each of waiting.keys()) {
      waiting.delete(each);
      if (each === drawnKey) break;
    }
    if (since !== null) delays.push(now - since);
    if (delays.length > 500) delays.shift();
  }
}

// A few pixels, blurred here and made large by the page: a blur of the page's own would cost more
// than all the rest, at every picture.
function shine(image) {
  glow.clearRect(0, 0, 32, 32);
  glow.filter = 'blur(2px) saturate(1.3)';
  glow.drawImage(image, 8, 8, 16, 16);
}

function rate() {
  const span = drawnAt.length > 1 ? drawnAt[drawnAt.length - 1] - drawnAt[0] : 0;
  return span > 0 ? (drawnAt.length - 1) * 1000 / span : 0;
}

setInterval(() => {
  const recent = delays.slice(-9).sort((a, b) => a - b);
  $('rate').textContent = rate() ? `${Math.round(rate())} fps` : '–';
  $('delay').textContent = recent.length ? `${Math.round(recent[recent.length >> 1])} ms` : '';
}, 500);

function note(words, isOver = false) {
  const notice = $('notice');
  if (notice.textContent !== words) notice.textContent = words;
  notice.classList.toggle('over', isOver && window.fabula.pictures > 0);
}

// MARK: what the show says

function hear(message) {
  if (message.type === 'hello') {
    me = message.you;
    note(window.fabula.pictures ? '' : 'Write, and the page begins to paint.');
    return;
  }
  if (message.type !== 'status') return;
  const { lines, draft, author, settings } = message.status;
  // What this page types is in its box already; what others type is told like the rest.
  const told = author === me || !draft ? lines : [...lines, { id: -1, text: draft }];
  const shown = told.slice(-6).map(line => line.text);
  if (shown.join('\n') !== $('story').dataset.text) {
    $('story').dataset.text = shown.join('\n');
    $('story').replaceChildren(...shown.map(words => {
      const line = document.createElement('p');
      line.textContent = words;
      return line;
    }));
  }
  turn(settings);
  tellOfRecording(message.status);
}

// Where all is kept there is nothing to begin or end, but the button still says what is kept where.
function tellOfRecording({ recording, keepsAll, problem = '' }) {
  const button = $('record');
  button.setAttribute('aria-pressed', String(Boolean(recording)));
  button.setAttribute('aria-disabled', String(keepsAll));
  button.lastChild.textContent = recording ? 'Recording' : keepsAll ? 'Not recording' : 'Record';
  button.title = !recording ? (keepsAll ? 'Nothing is kept any more' : 'Keep what is shown')
    : keepsAll ? `All that is shown is kept in ${recording}` : `Recording to ${recording}`;
  if ($('problem').textContent !== problem) $('problem').textContent = problem;
  $('problem').hidden = !problem;
}

// MARK: what the spectator does

function typed() {
  say({ type: 'text', text: text.value.replaceAll('\n', ' '), key: nextKey(performance.now()) });
}

// A key that is pressed now, or one (null) whose picture may be the one before.
function nextKey(since) {
  key = (key + 1) % 2 ** 32;
  waiting.set(key, since);
  if (waiting.size > 100) waiting.delete(waiting.keys().next().value);
  return key;
}

const history = [];
let past = 0;

function enter() {
  if (!text.value.trim()) return;
  history.push(text.value);
  past = history.length;
  text.value = '';
  say({ type: 'enter', key: nextKey(null) });
}

function recall(step) {
  if (past + step < 0 || past + step > history.length) return;
  past += step;
  text.value = history[past] ?? '';
  typed();
}

text.addEventListener('input', typed);
text.addEventListener('keydown', event => {
  if (event.isComposing) return;
  const isEdge = !text.value.includes('\n');
  if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault();
    enter();
  } else if (event.key === 'ArrowUp' && isEdge && text.selectionStart === 0) {
    recall(-1);
  } else if (event.key === 'ArrowDown' && isEdge && text.selectionStart === text.value.length) {
    recall(1);
  } else if (event.key === 'Escape') {
    text.value = '';
    typed();
  }
});
$('pen').addEventListener('submit', event => { event.preventDefault(); enter(); });

// A key pressed anywhere is meant for the story.
document.addEventListener('keydown', event => {
  const isElsewhere = document.activeElement === document.body;
  if (isElsewhere && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
    text.focus();
  }
});

$('record').addEventListener('click', () => {
  if ($('record').getAttribute('aria-disabled') === 'true') return;
  say({ type: 'record', on: $('record').getAttribute('aria-pressed') !== 'true' });
});

document.addEventListener('click', event => {
  if (!$('knobs').contains(event.target)) $('knobs').open = false;
});

const knobs = ['pace', 'drift', 'seed'];
let turnedAt = -Infinity;

function tell() {
  const pace = 2 ** Number($('pace').value);
  $('pace-value').textContent = `${pace.toFixed(pace < 1 ? 2 : 1)}×`;
  $('drift-value').textContent = Number($('drift').value).toFixed(2);
  $('seed-value').textContent = $('seed').value;
  return { type: 'set', pace, drift: Number($('drift').value), seed: Number($('seed').value) };
}

for (const name of knobs) {
  $(name).addEventListener('input', () => {
    turnedAt = performance.now();
    say(tell());
  });
}

// Others may turn the knobs too; a hand that is on them goes first.
function turn(settings) {
  if (performance.now() - turnedAt < 1000) return;
  $('pace').value = Math.log2(settings.pace);
  $('drift').value = settings.drift;
  if (settings.seed > Number($('seed').max)) $('seed').max = settings.seed;
  $('seed').value = settings.seed;
  tell();
}

tell();
connect();
text.focus();
