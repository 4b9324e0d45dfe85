// What is asked of the server: the list of cameras, and one request at a time for the frames of all cameras that can be seen.

const LIST_INTERVAL = 2000;
const RETRY = 1000;
/** With it the server says that there is no room to wait, and how many milliseconds to leave between requests. */
const INTERVAL = 'Lva-View-Interval';
const IDLE = 200;

const rest = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

class ServerError extends Error {
  constructor(message, explained) {
    super(message);
    this.explained = explained;
  }
}

async function get(path, signal) {
  const response = await fetch(path, { cache: 'no-store', signal });
  if (response.ok) {
    return response;
  }
  if (response.status === 401 || response.status === 403) {
    throw new ServerError('You are not allowed to watch. Sign in, and load this page again.', true);
  }
  const reason = await response.json().then((body) => body.error, () => '');
  throw new ServerError(reason ? 'The server says: ' + reason : 'The server answered with status ' + response.status, true);
}

/** The frames of an answer: for each, a description and a picture, each after its length. */
export function unpack(buffer) {
  const view = new DataView(buffer);
  const frames = [];
  let at = 0;
  const part = () => {
    const length = view.getUint32(at);
    const bytes = new Uint8Array(buffer, at + 4, length);
    at += 4 + length;
    return bytes;
  };
  while (at < buffer.byteLength) {
    const frame = JSON.parse(new TextDecoder().decode(part()));
    const picture = part();
    frame.picture = picture.length ? new Blob([picture], { type: 'image/jpeg' }) : null;
    frames.push(frame);
  }
  return frames;
}

export class Server {
  #wanted;
  #on;
  #waiting = null;
  /** The painting of the last answer. The next one is asked for meanwhile. */
  #painted = Promise.resolve();

  /** @param wanted says of which cameras frames are wanted: a map of their ids to the numbers of the frames that are there */
  constructor(wanted, on) {
    this.#wanted = wanted;
    this.#on = on;
  }

  start() {
    this.#list();
    this.#frames();
  }

  /** Other cameras are wanted than before. */
  ask() {
    this.#waiting?.abort();
  }

  async #list() {
    for (;;) {
      if (!document.hidden) {
        try {
          const response = await get('cameras');
          this.#on.list(await response.json());
        } catch (failure) {
          this.#on.failed(failure);
        }
      }
      await rest(LIST_INTERVAL);
    }
  }

  async #frames() {
    for (;;) {
      const wanted = document.hidden ? new Map() : this.#wanted();
      if (!wanted.size) {
        this.#waiting = new AbortController();
        await Promise.race([rest(IDLE), new Promise((done) => this.#waiting.signal.addEventListener('abort', done))]);
        continue;
      }
      await this.#askFor(wanted);
    }
  }

  async #askFor(wanted) {
    this.#waiting = new AbortController();
    const began = performance.now();
    try {
      const seen = [...wanted].map(([id, number]) => id + '-' + number).join('.');
      const response = await get('frames?seen=' + seen, this.#waiting.signal);
      const frames = unpack(await response.arrayBuffer());
      this.#on.answered();
      await this.#painted;
      this.#painted = this.#on.frames(frames);
      const interval = Number(response.headers.get(INTERVAL) ?? 0);
      if (interval) {
        await rest(interval - (performance.now() - began));
      }
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        this.#on.failed(failure);
        await rest(RETRY);
      }
    }
  }
}
