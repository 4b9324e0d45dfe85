// What a tag looks like: always the same, on every page and in every run. Colours are light, so that dark text on them and a dark
// rim around them can be read on any picture and in both themes. Dashes tell apart what colours alone do not.

const COLOURS = ['#5cc8ff', '#ffd166', '#7be495', '#ff9f9f', '#d0a8ff', '#ffb86b', '#4de0d0', '#f7a8d8', '#c6e05a', '#a9c1ff'];
const DASHES = [[], [18, 4], [18, 3, 3, 3]];

export const INK = '#0b0e12';
export const MOTION = { colour: '#f2f5f9', dash: [2, 5] };

function hash(text) {
  let value = 2166136261;
  for (const unit of text) {
    value = Math.imul(value ^ unit.codePointAt(0), 16777619) >>> 0;
  }
  // the lowest bits of similar texts are similar
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d) >>> 0;
  return (value ^ (value >>> 13)) >>> 0;
}

export function lookOf(tag) {
  const value = hash(tag);
  return { colour: COLOURS[value % COLOURS.length], dash: DASHES[Math.floor(value / COLOURS.length) % DASHES.length] };
}
