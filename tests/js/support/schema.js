/**
 * Holds a value to a JSON Schema (draft 7), as far as docs/sinks.schema.json goes; a keyword that is not known here is an error
 * rather than passed over.
 */

/** Say what a thing is, and demand nothing. */
const NOTES = ['$schema', 'title', 'description', 'definitions'];
/** @type {Record<string, (value: any) => boolean>} */
const TYPES = {
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
};

/**
 * @param {any} root the schema
 * @param {any} value
 * @returns {string[]} what is wrong, by path; none: it fits
 */
export function faultsOf(root, value) {
  /** @param {any} schema @param {any} value @param {string} path @returns {string[]} */
  const check = (schema, value, path) =>
    Object.entries(schema).flatMap(([keyword, asked]) => {
      /** @param {boolean} fits */
      const must = (fits) => (fits ? [] : [`${path}: ${JSON.stringify(value)} is not ${keyword} ${JSON.stringify(asked)}`]);
      switch (keyword) {
        case '$ref':
          return check(root.definitions[asked.replace('#/definitions/', '')], value, path);
        case 'oneOf': {
          const each = asked.map((/** @type {any} */ one) => check(one, value, path));
          const fitting = each.filter((/** @type {string[]} */ faults) => !faults.length).length;
          // the nearest says most
          return fitting === 1 ? [] : each.sort((/** @type {string[]} */ a, /** @type {string[]} */ b) => a.length - b.length)[0];
        }
        case 'type':
          return must(TYPES[asked](value));
        case 'const':
          return must(value === asked);
        case 'enum':
          return must(asked.includes(value));
        case 'pattern':
          return must(new RegExp(asked).test(value));
        case 'minimum':
          return must(value >= asked);
        case 'maximum':
          return must(value <= asked);
        case 'minLength':
          return must(value.length >= asked);
        case 'maxLength':
          return must(value.length <= asked);
        case 'required':
          return asked.filter((/** @type {string} */ key) => !(key in value)).map((/** @type {string} */ key) => `${path}.${key} is missing`);
        case 'properties':
          return Object.keys(asked).flatMap((key) => (key in value ? check(asked[key], value[key], `${path}.${key}`) : []));
        case 'additionalProperties':
          return Object.keys(value)
            .filter((key) => !(key in schema.properties))
            .map((key) => `${path}.${key} is not among its properties`);
        default:
          if (NOTES.includes(keyword)) return [];
          throw new Error(`the schema asks for "${keyword}", which is not known here`);
      }
    });
  return check(root, value, '');
}
