/** What a shop pastes: HTML, JavaScript, CSS. */

/** A name that needs no quotes. */
const NAME = /^[A-Za-z_$][\w$]*$/;
/** Longer is broken into lines, characters. */
const WIDTH = 90;

/** What a function is to do, by its name. @type {Record<string, string>} */
const TASKS = { chat: 'open the shop’s chat', saveCart: 'keep the cart, as the shop does' };

/** @param {string} text */
const quoted = (text) => (text.includes("'") ? JSON.stringify(text) : `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"')}'`);
/** Within HTML a script ends at its end tag, even in a text; after `<!--` and `<script` it does not. @param {string} code */
const inScript = (code) => code.replaceAll('</', '<\\/').replaceAll('<!--', '<\\!--');
/** @param {string} text */
const inAttribute = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/**
 * JavaScript for a value; where it has a function there is a place to write one.
 * @param {any} value @param {string} [indent] of the line it begins in @returns {string}
 */
export function literal(value, indent = '') {
  if (typeof value === 'string') return quoted(value);
  if (!value || typeof value !== 'object') return String(value);
  const isList = Array.isArray(value);
  const [open, close] = isList ? '[]' : '{}';
  const parts = Object.entries(value).map(([name, inner]) => {
    const code = typeof inner === 'function' ? `() => { /* ${TASKS[name]} */ }` : literal(inner, `${indent}  `);
    return isList ? code : `${NAME.test(name) ? name : quoted(name)}: ${code}`;
  });
  if (!parts.length) return open + close;
  const pad = isList ? '' : ' ';
  const line = `${open}${pad}${parts.join(', ')}${pad}${close}`;
  return line.length + indent.length < WIDTH && !line.includes('\n') ? line : `${open}\n${parts.map((part) => `${indent}  ${part},\n`).join('')}${indent}${close}`;
}

/**
 * @param {{ attributes: [string, string][], rest: Record<string, any> }} tag
 * @param {string} src of falter.js
 */
export function scriptTag({ attributes, rest }, src) {
  const before = Object.keys(rest).length ? `<script>\n  window.falter = ${inScript(literal(rest, '  '))};\n</script>\n` : '';
  const lines = attributes.map(([name, value]) => `\n  ${name}="${inAttribute(value)}"`);
  return `${before}<script src="${src}" defer${lines.join('')}></script>`;
}

/** @param {Record<string, any>} options @param {string} [folder] of the shop, where engine and a model of its own lie */
export const npmModule = (options, folder) => `import { createFalter${folder ? ', provide' : ''} } from 'falter${folder ? '/slim' : ''}';
${folder ? `\nprovide({ wasm: '${folder}falter.wasm', model: '${folder}exit.falter' });\n` : ''}
export const falter = createFalter(${literal(options)});
falter.start();`;

/** @param {Record<string, string>} style */
export const styleSheet = (style) => `:root {\n${Object.entries(style).map(([name, value]) => `  ${name}: ${value.replace(/[;{}<]/g, '')};\n`).join('')}}`;
