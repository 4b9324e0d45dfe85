// A camera as this page knows it: its last answers, and its card in the grid.

import { Counts } from './chart.js';
import { draw } from './draw.js';
import { findingsOf, isShown, sentenceOf } from './findings.js';

const MOST_ANSWERS = 60;
const MOST_BYTES = 4 << 20;
const SILENT = 5000;
/** Screen readers need not follow every frame. */
const READ_OUT_INTERVAL = 1000;

const LIST = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

export class Camera {
  info;
  counts = new Counts();
  /** The oldest first. */
  answers = [];
  /** Of the last frame that has come. */
  number = 0;
  visible = false;
  #bytes = 0;
  #silentSince = performance.now();

  constructor(id) {
    this.id = id;
    this.card = new Card(this);
  }

  update(info) {
    this.info = info;
    this.#silentSince = performance.now() - info.silence;
  }

  get newest() {
    return this.answers[this.answers.length - 1];
  }

  /** live, stopped or gone, and how to say so. */
  get state() {
    const seconds = Math.round((performance.now() - this.#silentSince) / 1000);
    if (!this.info.sessions) {
      return { name: 'gone', text: 'no session, last frame ' + duration(seconds) + ' ago' };
    }
    return seconds * 1000 < SILENT ? { name: 'live', text: 'live' } : { name: 'stopped', text: 'no frame for ' + duration(seconds) };
  }

  /** Keeps an answer that is about to be painted. */
  add(frame, settings) {
    frame.findings = findingsOf(frame);
    this.counts.add(frame.time, frame.findings.filter((found) => isShown(found, settings)).length);
    this.answers.push(frame);
    this.#bytes += frame.picture?.size ?? 0;
    while (this.answers.length > 1 && (this.answers.length > MOST_ANSWERS || this.#bytes > MOST_BYTES)) {
      const oldest = this.answers.shift();
      this.#bytes -= oldest.picture?.size ?? 0;
      release(oldest);
    }
    // only the newest is drawn again and again
    this.answers.slice(0, -1).forEach(release);
  }
}

/** Decodes the picture of an answer, away from this thread. */
export async function decode(frame) {
  if (frame.picture && !frame.bitmap && !frame.undecodable) {
    try {
      frame.bitmap = await createImageBitmap(frame.picture);
    } catch {
      frame.undecodable = true;
      frame.problem ??= 'the browser cannot decode the picture';
    }
  }
}

/** A picture takes much memory until it is closed. */
export function release(frame) {
  frame.bitmap?.close();
  frame.bitmap = undefined;
}

export function duration(seconds) {
  return seconds < 120 ? seconds + ' s' : Math.round(seconds / 60) + ' min';
}

export function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className ?? '';
  made.textContent = text ?? '';
  return made;
}

/** What is on a picture, for those who do not see it. */
export class ReadOut {
  #list;
  #nextTime = 0;

  constructor(list) {
    this.#list = list;
  }

  update(frame, settings, now = performance.now()) {
    if (now < this.#nextTime) {
      return;
    }
    this.#nextTime = now + READ_OUT_INTERVAL;
    const shown = frame.findings.filter((found) => isShown(found, settings));
    const lines = shown.length ? shown.map(sentenceOf) : ['nothing found'];
    if (frame.outcome !== 'answered') {
      lines.unshift('this frame: ' + words(frame.outcome));
    }
    this.#list.replaceChildren(...lines.map((line) => element('li', '', line)));
  }

  again() {
    this.#nextTime = 0;
  }
}

export const words = (outcome) => (outcome === 'notProcessed' ? 'not processed' : outcome);

/** The camera in the grid. */
class Card {
  constructor(camera) {
    this.camera = camera;
    this.item = element('li');
    this.item.dataset.camera = camera.id;
    this.article = element('article', 'card');
    this.button = element('button', 'card-open');
    this.button.type = 'button';
    this.canvas = element('canvas');
    this.name = element('span', 'card-name');
    this.node = element('span', 'card-node');
    this.badge = element('span', 'badge');
    this.stats = element('p', 'stats');
    const list = element('ul', 'unseen');
    list.setAttribute('aria-label', 'What is on the picture');
    this.readOut = new ReadOut(list);
    const head = element('div', 'card-head');
    head.append(this.name, this.node, this.badge);
    const body = element('div', 'card-body');
    body.append(head, this.stats);
    this.button.append(this.canvas);
    this.article.append(this.button, body, list);
    this.item.append(this.article);
  }

  update() {
    const info = this.camera.info;
    const state = this.camera.state;
    write(this.name, info.name || 'unnamed');
    write(this.node, info.node + (info.direction === 'sent' ? ' → ' + info.address : ''));
    write(this.badge, state.text);
    this.badge.dataset.state = state.name;
    this.article.classList.toggle('silent', state.name !== 'live');
    this.button.setAttribute('aria-label', (info.name || 'unnamed') + ', ' + state.text + ', make large');
    this.stats.replaceChildren(...factsOf(info).filter((fact) => fact.brief).map((fact) => {
      const part = element('span', fact.bad ? 'bad' : '');
      part.append(fact.plain ? fact.value : element('b', '', fact.value), fact.brief === true ? '' : ' ' + fact.brief);
      return part;
    }));
  }

  draw(settings) {
    const frame = this.camera.newest;
    if (frame) {
      draw(this.canvas, frame.bitmap, frame.findings, settings);
      this.readOut.update(frame, settings);
    }
  }
}

function write(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** What is known of a camera's sessions. Some of it is on its card, briefly. */
export function factsOf(info) {
  return [
    { name: 'Frames per second', value: info.framesPerSecond === undefined ? '–' : LIST.format(info.framesPerSecond), brief: 'frames/s' },
    { name: 'Latency', value: LIST.format(info.latency) + ' ms', brief: true },
    { name: 'Format', value: info.format || '–', brief: info.format && true, plain: true },
    { name: 'Transfer', value: info.transfer === 'sharedMemory' ? 'shared memory' : info.transfer, brief: true, plain: true },
    { name: 'Sessions', value: String(info.sessions), brief: info.sessions === 1 ? 'session' : 'sessions' },
    { name: 'Answered', value: String(info.answered) },
    { name: info.skippedName[0].toUpperCase() + info.skippedName.slice(1), value: String(info.skipped), bad: info.skipped > 0,
      brief: info.skippedName },
    { name: 'Failed', value: String(info.failed), bad: info.failed > 0, brief: 'failed' },
    { name: info.direction === 'sent' ? 'Sent to' : 'Received at', value: info.address },
  ];
}
