// From the inference document of a frame to what is shown of it. Everything in it is text from elsewhere, and stays text.

import { lookOf, MOTION } from './colour.js';

const percent = (value) => Math.round(100 * value) + ' %';
const text = (value) => (value === undefined || value === null ? '' : String(value));

/** One list for what this extension found and for what earlier steps found. */
export function findingsOf(frame) {
  return [...read(frame.upstream, true), ...read(frame.document, false)];
}

function read(document, upstream) {
  return (document?.inferences ?? []).map((inference) => finding(inference, upstream));
}

function finding(inference, upstream) {
  const kind = text(inference.type) || 'other';
  const value = inference[kind] ?? {};
  const tag = value.tag ?? {};
  const found = {
    kind, upstream,
    name: text(tag.value) || kind,
    confidence: typeof tag.confidence === 'number' ? tag.confidence : undefined,
    id: text(value.id),
    box: boxOf(value.box),
    more: (value.attributes ?? []).map((attribute) => text(attribute.name) + ': ' + text(attribute.value)),
    ...(kind === 'motion' ? MOTION : lookOf(text(tag.value) || kind)),
  };
  if (kind === 'text') {
    found.name = text(value.value);
    found.more = value.language ? ['language: ' + text(value.language)] : [];
  } else if (kind === 'event') {
    found.name = text(value.name);
    found.more = Object.entries(value.properties ?? {}).map(([name, property]) => name + ': ' + text(property));
    Object.assign(found, lookOf(found.name));
  } else if (kind === 'other') {
    found.name = text(value.contentType) || kind;
  }
  if (inference.sequenceId) {
    found.more.push('sequence: ' + text(inference.sequenceId));
  }
  return found;
}

function boxOf(box) {
  return box && [box.l, box.t, box.w, box.h].every(Number.isFinite) ? box : undefined;
}

/** What has no confidence is never below a threshold. */
export function isShown(found, settings) {
  return (settings.upstream || !found.upstream) && (found.confidence ?? 1) >= settings.threshold;
}

/** As it is written beside a box. */
export function labelOf(found, settings) {
  const parts = [];
  if (settings.labels) {
    parts.push((found.upstream ? '↑ ' : '') + found.name + (found.id ? ' #' + found.id : ''));
  }
  if (settings.confidences && found.confidence !== undefined) {
    parts.push(percent(found.confidence));
  }
  return parts.join('  ');
}

/** As it is read out. */
export function sentenceOf(found) {
  return [
    found.name === found.kind ? found.kind : found.kind + ' ' + found.name,
    found.id && 'identity ' + found.id,
    found.confidence !== undefined && percent(found.confidence),
    found.box && 'from the left ' + percent(found.box.l) + ', from the top ' + percent(found.box.t)
      + ', wide ' + percent(found.box.w) + ', high ' + percent(found.box.h),
    ...found.more,
    found.upstream && 'found by an earlier step',
  ].filter(Boolean).join(', ');
}

/** With the timestamp as it was sent: JavaScript's numbers are not long enough for it. */
export function documentText(frame) {
  const inferences = frame.document?.inferences ?? [];
  return '{\n  "timestamp": ' + frame.timestamp + ',\n  "inferences": '
    + JSON.stringify(inferences, null, 2).replaceAll('\n', '\n  ') + '\n}';
}
