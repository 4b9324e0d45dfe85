// Draws a picture and what was found in it. The canvas has as many pixels as the screen shows, so that lines and letters stay crisp.

import { INK } from './colour.js';
import { isShown, labelOf } from './findings.js';

const LABEL_FONT = '600 12px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
const LABEL_HEIGHT = 18;
const LONGEST_LABEL = 60;

/** Fits the canvas to its place on the screen; says whether it was changed, and so emptied. */
export function fit(canvas) {
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  const width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  const height = Math.max(1, Math.round(canvas.clientHeight * ratio));
  if (canvas.width === width && canvas.height === height) {
    return false;
  }
  canvas.width = width;
  canvas.height = height;
  return true;
}

/** Where the picture is on the canvas, in its pixels: as large as it can be, in the middle. */
export function place(canvas, picture) {
  const scale = Math.min(canvas.width / picture.width, canvas.height / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return { x: (canvas.width - width) / 2, y: (canvas.height - height) / 2, width, height };
}

export function draw(canvas, picture, findings, settings) {
  fit(canvas);
  const context = canvas.getContext('2d', { alpha: false });
  context.fillStyle = '#05070a';
  context.fillRect(0, 0, canvas.width, canvas.height);
  const area = picture ? place(canvas, picture) : { x: 0, y: 0, width: canvas.width, height: canvas.height };
  if (picture) {
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture, area.x, area.y, area.width, area.height);
  }
  const ratio = canvas.clientWidth ? canvas.width / canvas.clientWidth : 1;
  const shown = findings.filter((found) => isShown(found, settings));
  const boxed = shown.filter((found) => found.box);
  if (settings.boxes) {
    boxed.forEach((found) => drawBox(context, area, found, ratio));
  }
  context.font = LABEL_FONT.replace('12px', 12 * ratio + 'px');
  context.textBaseline = 'middle';
  boxed.forEach((found) => {
    const box = pixels(area, found.box);
    const top = box.y - (LABEL_HEIGHT + 3) * ratio;
    drawLabel(context, found, labelOf(found, settings), box.x, top < area.y ? Math.max(box.y, area.y) + 3 * ratio : top, ratio);
  });
  let y = area.y + area.height - (LABEL_HEIGHT + 8) * ratio;
  shown.filter((found) => !found.box).forEach((found) => {
    if (y > area.y && drawLabel(context, found, labelOf(found, settings), area.x + 8 * ratio, y, ratio)) {
      y -= (LABEL_HEIGHT + 4) * ratio;
    }
  });
}

function pixels(area, box) {
  return { x: area.x + box.l * area.width, y: area.y + box.t * area.height, width: box.w * area.width, height: box.h * area.height };
}

function drawBox(context, area, found, ratio) {
  const box = pixels(area, found.box);
  const thickness = (found.upstream ? 1 : 2.5) * ratio;
  context.setLineDash([]);
  context.lineJoin = 'round';
  context.strokeStyle = 'rgba(11, 14, 18, .7)';
  context.lineWidth = thickness + 2 * ratio;
  context.strokeRect(box.x, box.y, box.width, box.height);
  context.setLineDash(found.dash.map((length) => length * ratio));
  context.strokeStyle = found.colour;
  context.lineWidth = thickness;
  context.strokeRect(box.x, box.y, box.width, box.height);
  context.setLineDash([]);
}

function drawLabel(context, found, label, x, y, ratio) {
  if (!label) {
    return false;
  }
  const text = label.length > LONGEST_LABEL ? label.slice(0, LONGEST_LABEL) + '…' : label;
  const width = context.measureText(text).width + 10 * ratio;
  const left = Math.max(0, Math.min(x, context.canvas.width - width));
  context.fillStyle = found.colour;
  context.globalAlpha = found.upstream ? .8 : 1;
  context.beginPath();
  context.roundRect(left, y, width, LABEL_HEIGHT * ratio, 3 * ratio);
  context.fill();
  context.globalAlpha = 1;
  context.fillStyle = INK;
  context.fillText(text, left + 5 * ratio, y + LABEL_HEIGHT * ratio / 2);
  return true;
}
