// Puts the page together: what is shown, what the keys do, and what comes from the server.

import { Camera, ReadOut, decode, element, factsOf, release, words } from './camera.js';
import { drawChart } from './chart.js';
import { draw } from './draw.js';
import { documentText, isShown } from './findings.js';
import { Server } from './server.js';

const $ = (id) => document.getElementById(id);
const TOGGLES = ['boxes', 'labels', 'confidences', 'upstream'];
const STORE = 'lvaview';

const settings = { boxes: true, labels: true, confidences: true, upstream: true, threshold: 0, ...remembered() };
const cameras = new Map();
const stageReadOut = new ReadOut($('stage-list'));
let paused = false;
let large = null;
/** How many answers back the large camera is. */
let back = 0;

const server = new Server(wanted, { list, frames, answered, failed });

// ---- what comes from the server

function wanted() {
  const shown = paused ? [] : large ? [large] : [...cameras.values()].filter((camera) => camera.visible);
  return new Map(shown.map((camera) => [camera.id, camera.number]));
}

function list(data) {
  document.title = data.title;
  $('title').textContent = data.title;
  const known = new Set(data.cameras.map((info) => info.id));
  cameras.forEach((camera, id) => known.has(id) || forget(camera));
  data.cameras.forEach((info, index) => {
    const camera = cameras.get(info.id) ?? meet(info.id);
    camera.update(info);
    if ($('grid').children[index] !== camera.card.item) {
      $('grid').insertBefore(camera.card.item, $('grid').children[index] ?? null);
    }
  });
  $('empty').hidden = cameras.size > 0;
  notice(data.left ? data.left + ' more cameras are not shown: the option maxCameras says how many are' : '');
  followAddress();
  refresh();
}

function meet(id) {
  const camera = new Camera(id);
  cameras.set(id, camera);
  camera.card.button.addEventListener('click', () => { location.hash = 'camera=' + id; });
  seen.observe(camera.card.item);
  return camera;
}

function forget(camera) {
  seen.unobserve(camera.card.item);
  camera.card.item.remove();
  cameras.delete(camera.id);
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const camera = cameras.get(entry.target.dataset.camera);
    if (camera) {
      camera.visible = entry.isIntersecting;
    }
  }
  server.ask();
}, { rootMargin: '80px' });

async function frames(come) {
  const shown = come.filter((frame) => cameras.has(frame.camera));
  // so that the next ones are asked for while these are painted
  shown.forEach((frame) => { cameras.get(frame.camera).number = frame.number; });
  await Promise.all(shown.map(decode));
  await nextPaint();
  for (const frame of shown) {
    const camera = cameras.get(frame.camera);
    if (paused || !camera) {
      release(frame);
      continue;
    }
    camera.add(frame, settings);
    paint(camera);
    // for whoever measures
    document.dispatchEvent(new CustomEvent('painted', { detail: {
      camera: frame.camera, number: frame.number, time: frame.time, latency: frame.latency, painted: performance.timeOrigin + performance.now() } }));
  }
}

/** Before the next one, or soon: a page in the background is not painted. */
function nextPaint() {
  return new Promise((done) => {
    requestAnimationFrame(done);
    setTimeout(done, 100);
  });
}

function answered() {
  if (!paused) {
    state('live', 'Live');
  }
  if ($('notice').dataset.failure) {
    delete $('notice').dataset.failure;
    notice('');
  }
}

function failed(failure) {
  state('lost', failure.explained ? 'Refused' : 'Connection lost, trying again');
  if (failure.explained) {
    $('notice').dataset.failure = 'yes';
    notice(failure.message);
  }
}

function state(name, text) {
  if ($('state').textContent !== text) {
    $('state').textContent = text;
  }
  $('state').dataset.state = name;
}

function notice(text) {
  if ($('notice').dataset.failure && !text) {
    return;
  }
  $('notice').hidden = !text;
  $('notice').textContent = text;
}

// ---- what is shown

function paint(camera) {
  if (large === camera) {
    paintStage();
  } else if (!large) {
    camera.card.draw(settings);
  }
}

function paintAll() {
  if (large) {
    stageReadOut.again();
    paintStage();
  } else {
    cameras.forEach((camera) => {
      camera.card.readOut.again();
      decode(camera.newest ?? {}).then(() => camera.card.draw(settings));
    });
  }
}

function refresh() {
  cameras.forEach((camera) => camera.card.update());
  if (large) {
    const info = large.info;
    $('stage-name').textContent = info.name || 'unnamed';
    $('stage-node').textContent = [info.node, large.state.text].filter(Boolean).join(' · ');
    $('facts').replaceChildren(...factsOf(info).flatMap((fact) => [
      element('dt', '', fact.name), element('dd', fact.bad ? 'bad' : '', fact.value)]));
    drawChart($('chart'), large.counts.list(Date.now()));
  }
}

function paintStage() {
  const frame = large.answers[large.answers.length - 1 - back];
  $('older').disabled = back >= large.answers.length - 1;
  $('newer').disabled = back <= 0;
  if (!frame) {
    $('position').textContent = 'waiting for a frame';
    draw($('stage-canvas'), null, [], settings);
    return;
  }
  if (frame.bitmap) {
    $('stage-canvas').style.aspectRatio = frame.bitmap.width + ' / ' + frame.bitmap.height;
  }
  draw($('stage-canvas'), frame.bitmap, frame.findings, settings);
  $('position').textContent = (back ? back + (back === 1 ? ' answer' : ' answers') + ' back, ' : 'newest, ')
    + new Date(frame.time).toLocaleTimeString() + ', ' + frame.latency.toFixed(1) + ' ms'
    + (frame.outcome === 'answered' ? '' : ', ' + words(frame.outcome));
  $('problem').hidden = !frame.problem;
  $('problem').textContent = frame.problem ?? '';
  stageReadOut.update(frame, settings);
  showFindings(frame);
  if ($('document-details').open) {
    $('document').textContent = documentText(frame);
  }
}

function showFindings(frame) {
  const shown = frame.findings.filter((found) => isShown(found, settings));
  $('findings').replaceChildren(...(shown.length ? shown.map(row) : [element('li', 'none', 'nothing found')]));
}

function row(found) {
  const item = element('li');
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('width', '22');
  svg.setAttribute('height', '14');
  svg.setAttribute('aria-hidden', 'true');
  const sample = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  sample.setAttribute('d', found.box ? 'M2 2H20V12H2Z' : 'M2 7H20');
  sample.setAttribute('fill', 'none');
  sample.setAttribute('stroke', found.colour);
  sample.setAttribute('stroke-width', found.upstream ? '1' : '2.5');
  sample.setAttribute('stroke-dasharray', found.dash.map((length) => length / 2).join(' '));
  const rim = sample.cloneNode();
  rim.setAttribute('stroke', '#566070');
  rim.setAttribute('stroke-width', found.upstream ? '2.5' : '4.5');
  rim.removeAttribute('stroke-dasharray');
  svg.append(rim, sample);
  item.append(svg, element('span', 'what', found.name + (found.id ? ' #' + found.id : '')),
    element('span', 'muted', found.confidence === undefined ? '' : Math.round(100 * found.confidence) + ' %'));
  const more = [found.name === found.kind ? '' : found.kind, found.upstream ? 'upstream' : '', ...found.more].filter(Boolean);
  if (more.length) {
    item.append(element('span', 'more', more.join(' · ')));
  }
  return item;
}

// ---- one camera large

function followAddress() {
  const id = /^#camera=([0-9a-f]{12})$/.exec(location.hash)?.[1];
  const camera = cameras.get(id) ?? null;
  if (camera === large) {
    return;
  }
  const before = large;
  large = camera;
  back = 0;
  $('grid').hidden = Boolean(large);
  $('stage').hidden = !large;
  refresh();
  if (large) {
    decode(large.newest ?? {}).then(() => large && paintAll());
    $('stage-name').focus();
  } else {
    paintAll();
    before?.card.button.focus();
  }
  server.ask();
}

async function step(answers) {
  if (!large) {
    return;
  }
  const target = Math.max(0, Math.min(large.answers.length - 1, back + answers));
  if (!paused) {
    pause();
  }
  back = target;
  const frame = large.answers[large.answers.length - 1 - back];
  if (frame) {
    await decode(frame);
    paintAll();
  }
}

// ---- what people do

function pause() {
  paused = !paused;
  back = 0;
  $('pause').textContent = paused ? 'Go on' : 'Pause';
  $('pause').setAttribute('aria-pressed', String(paused));
  state(paused ? 'paused' : 'starting', paused ? 'Paused' : 'Connecting');
  server.ask();
}

function change(name, value) {
  settings[name] = value;
  remember();
  showSettings();
  paintAll();
}

function showSettings() {
  TOGGLES.forEach((name) => $(name).setAttribute('aria-pressed', String(settings[name])));
  const percent = Math.round(settings.threshold * 100);
  $('threshold').value = String(percent);
  $('threshold-value').textContent = percent + ' %';
}

function threshold(percent) {
  change('threshold', Math.max(0, Math.min(100, percent)) / 100);
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(STORE)) ?? {};
  } catch {
    return {};
  }
}

function remember() {
  try {
    localStorage.setItem(STORE, JSON.stringify(settings));
  } catch {
    // a browser that stores nothing shows the page all the same
  }
}

const KEYS = {
  ' ': pause,
  b: () => change('boxes', !settings.boxes),
  l: () => change('labels', !settings.labels),
  c: () => change('confidences', !settings.confidences),
  u: () => change('upstream', !settings.upstream),
  '-': () => threshold(settings.threshold * 100 - 5),
  '+': () => threshold(settings.threshold * 100 + 5),
  ArrowLeft: () => step(1),
  ArrowRight: () => step(-1),
  Escape: () => { location.hash = ''; },
  '?': () => $('help').showModal(),
};

document.addEventListener('keydown', (event) => {
  const target = event.target;
  const typed = target.matches('input') && event.key !== 'Escape' || target.matches('pre') && event.key.startsWith('Arrow');
  const pressesButton = event.key === ' ' && target.matches('button, summary');
  if (event.ctrlKey || event.altKey || event.metaKey || $('help').open || typed || pressesButton || !Object.hasOwn(KEYS, event.key)) {
    return;
  }
  event.preventDefault();
  KEYS[event.key]();
});
TOGGLES.forEach((name) => $(name).addEventListener('click', () => change(name, !settings[name])));
$('threshold').addEventListener('input', () => threshold(Number($('threshold').value)));
$('pause').addEventListener('click', pause);
$('older').addEventListener('click', () => step(1));
$('newer').addEventListener('click', () => step(-1));
$('back').addEventListener('click', () => { location.hash = ''; });
$('help-open').addEventListener('click', () => $('help').showModal());
window.addEventListener('hashchange', followAddress);
window.addEventListener('resize', paintAll);
document.addEventListener('visibilitychange', () => server.ask());

showSettings();
setInterval(refresh, 1000);
server.start();
