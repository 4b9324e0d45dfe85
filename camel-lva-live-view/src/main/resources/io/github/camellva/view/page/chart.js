// Findings per minute, of the minutes that this page has seen.

const SVG = 'http://www.w3.org/2000/svg';
const MINUTE = 60_000;
const MINUTES = 15;

export class Counts {
  #byMinute = new Map();

  add(time, findings) {
    const minute = Math.floor(time / MINUTE);
    this.#byMinute.set(minute, (this.#byMinute.get(minute) ?? 0) + findings);
    for (const old of this.#byMinute.keys()) {
      if (old <= minute - MINUTES) {
        this.#byMinute.delete(old);
      }
    }
  }

  /** The last minutes, the oldest first. */
  list(time) {
    const now = Math.floor(time / MINUTE);
    return Array.from({ length: MINUTES }, (_, index) => this.#byMinute.get(now - MINUTES + 1 + index) ?? 0);
  }
}

export function drawChart(place, counts) {
  const most = Math.max(...counts, 1);
  const last = counts[counts.length - 1];
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 300 72');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', 'Findings per minute in the last ' + counts.length + ' minutes: ' + counts.join(', '));
  const width = 300 / counts.length;
  counts.forEach((count, index) => {
    const height = count ? Math.max(2, 68 * count / most) : 0;
    svg.append(shape('rect', {
      x: index * width + 1.5, y: 71 - height, width: width - 3, height, class: index === counts.length - 1 ? 'now' : '' }));
  });
  svg.append(shape('line', { x1: 0, x2: 300, y1: 71.5, y2: 71.5 }));
  const legend = document.createElement('p');
  for (const words of [counts.length - 1 + ' minutes ago', 'most ' + most, 'now ' + last]) {
    const part = document.createElement('span');
    part.textContent = words;
    legend.append(part);
  }
  place.replaceChildren(svg, legend);
}

function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([attribute, value]) => element.setAttribute(attribute, value));
  return element;
}
