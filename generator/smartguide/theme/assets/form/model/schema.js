/** The properties of a kind of record, as its schema declares them: what `model/properties.py` is for the command line. */

/** @import { Form, Path, Schema } from "../../../../../../types/form.d.ts" */

/** The step to an entry of a list. */
export const ITEM = "[]";
/** The step to a value whose key the schema does not name. */
export const OTHER = "*";

const ALTERNATIVES = ["allOf", "anyOf", "oneOf"];
const CONDITIONS = ["then", "else"];
/** Keywords that say how a schema is put together; they are not merged. */
const OWN_ONLY = new Set(["$ref", "properties", "required", ...ALTERNATIVES, "if", ...CONDITIONS]);

/**
 * A schema that applies to a property: always, as one of several alternatives, or only under a condition.
 * @typedef {{ schema: Schema, isAlternative: boolean, isCondition: boolean }} Part
 */

/** A property, wherever it stands, and what its schema declares. */
export class Property {
  /**
   * @param {readonly string[]} path
   * @param {readonly Part[]} parts
   * @param {boolean} isRequired
   * @param {Schema} root
   */
  constructor(path, parts, isRequired, root) {
    this.path = path;
    this.parts = parts;
    this.isRequired = isRequired;
    this.root = root;
    this.schema = merged(parts);
    /** @type {Set<string>} */
    this.types = new Set(
      parts.filter((part) => !part.isCondition && "type" in part.schema).flatMap((part) => part.schema.type),
    );
  }

  /** The path as people write it: `partners[].name`. */
  get name() {
    return this.path.join(".").replaceAll(`.${ITEM}`, ITEM);
  }

  /** The last step of the path; empty for the record itself. */
  get key() {
    return this.path.at(-1) ?? "";
  }

  /** What the value refers to; undefined if it is no reference. */
  get ref() {
    const declared = this.schema["x-ref"];
    const [collection = "", key = ""] = typeof declared === "string" ? declared.split("#") : [];
    return collection === "" ? undefined : { collection, key };
  }

  /** The named properties of a mapping, in the order of the schema. */
  get properties() {
    this.#properties ??= this.#named();
    return this.#properties;
  }

  /** @type {Map<string, Property> | undefined} */
  #properties;

  /**
   * The entries of a list; undefined if the schema does not say what they are.
   * @returns {Property | undefined}
   */
  get item() {
    this.#item ??= this.#from(["items", "prefixItems"], ITEM);
    return this.#item;
  }

  /** @type {Property | undefined} */
  #item;

  /**
   * The values of keys that the schema does not name; undefined if it does not say what they are.
   * @returns {Property | undefined}
   */
  get others() {
    this.#others ??= this.#from(["additionalProperties", "patternProperties"], OTHER);
    return this.#others;
  }

  /** @type {Property | undefined} */
  #others;

  /**
   * Return the property of a value at a key or a number inside a value of this one.
   * @param {string | number} part
   * @returns {Property | undefined}
   */
  below(part) {
    if (typeof part === "number") return this.item;
    return this.properties.get(part) ?? this.others;
  }

  /**
   * Return the property of the value at a path; undefined if the schema declares none there.
   * @param {Path} path
   * @returns {Property | undefined}
   */
  at(path) {
    /** @type {Property | undefined} */
    let found = this;
    for (const part of path) found = found?.below(part);
    return found;
  }

  /**
   * Yield every property below this one, at every depth, in the order of the schema. A schema that refers to itself
   * is followed once.
   * @param {ReadonlySet<Schema>} [seen]
   * @returns {Generator<Property>}
   */
  *declared(seen = new Set()) {
    for (const child of this.#children()) {
      yield child;
      const known = child.parts.map((part) => part.schema);
      if (!known.some((schema) => seen.has(schema))) yield* child.declared(new Set([...seen, ...known]));
    }
  }

  /**
   * Yield the value of this property, which stands at `path`, and all values below it.
   * @param {any} value
   * @param {Path} [path]
   * @returns {Generator<{ path: Path, value: any, property: Property }>}
   */
  *values(value, path = []) {
    yield { path, value, property: this };
    if (Array.isArray(value)) {
      if (this.item) for (const [number, entry] of value.entries()) yield* this.item.values(entry, [...path, number]);
    } else if (isMapping(value)) {
      for (const [key, inner] of Object.entries(value)) {
        const child = this.below(key);
        if (child) yield* child.values(inner, [...path, key]);
      }
    }
  }

  /** @returns {Property[]} */
  #children() {
    return [...this.properties.values(), this.item, this.others].filter((child) => child !== undefined);
  }

  /** @returns {Map<string, Property>} */
  #named() {
    /** @type {Map<string, { parts: Part[], isRequired: boolean }>} */
    const found = new Map();
    for (const part of this.parts) {
      const required = part.isAlternative ? [] : (part.schema.required ?? []);
      for (const [name, schema] of Object.entries(mapping(part.schema.properties))) {
        const before = found.get(name) ?? { parts: [], isRequired: false };
        const parts = [...before.parts, { ...part, schema }];
        found.set(name, { parts, isRequired: before.isRequired || required.includes(name) });
      }
    }
    return new Map(Array.from(found, ([name, { parts, isRequired }]) => [name, this.#child(name, parts, isRequired)]));
  }

  /**
   * Return the child that some keywords declare: a schema, a list of schemas, or a mapping of schemas.
   * @param {readonly string[]} keywords
   * @param {string} step
   * @returns {Property | undefined}
   */
  #from(keywords, step) {
    const parts = this.parts.flatMap((part) =>
      keywords.flatMap((keyword) => {
        const declared = part.schema[keyword];
        const children = keyword === "patternProperties" ? Object.values(mapping(declared)) : [declared].flat();
        return children.filter(isMapping).map((schema) => ({ ...part, schema }));
      }),
    );
    return parts.length > 0 ? this.#child(step, parts, step === ITEM) : undefined;
  }

  /**
   * @param {string} step
   * @param {readonly Part[]} parts
   * @param {boolean} isRequired
   */
  #child(step, parts, isRequired) {
    return new Property([...this.path, step], [...expanded(parts, this.root)], isRequired, this.root);
  }
}

/** @type {WeakMap<Schema, Property>} */
const ROOTS = new WeakMap();

/**
 * Return the record of a form as a property, with all others below it.
 * @param {Pick<Form, "schema">} form
 * @returns {Property}
 */
export function rootOf({ schema }) {
  const known = ROOTS.get(schema) ?? propertyOf(schema, schema);
  ROOTS.set(schema, known);
  return known;
}

/**
 * Return a schema, which is part of `root`, as a property.
 * @param {Schema} schema
 * @param {Schema} root
 * @param {readonly string[]} [path]
 * @returns {Property}
 */
export function propertyOf(schema, root, path = []) {
  const parts = [{ schema, isAlternative: false, isCondition: false }];
  return new Property(path, [...expanded(parts, root)], true, root);
}

/**
 * Return what the `$ref` of a schema leads to: a place in the same file. Undefined if it has none.
 * @param {Schema} schema
 * @param {Schema} root
 * @returns {Schema | undefined}
 */
export function resolved(schema, root) {
  const reference = schema.$ref;
  if (typeof reference !== "string" || !reference.startsWith("#")) return;
  /** @type {any} */
  let target = root;
  for (const part of reference.slice(1).split("/").filter(Boolean)) target = target?.[unescaped(part)];
  return isMapping(target) ? target : undefined;
}

/**
 * Return a step of a JSON Pointer as the key that it stands for.
 * @param {string} step
 */
export function unescaped(step) {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}

/**
 * Tell whether a value is a mapping of keys and values.
 * @param {unknown} value
 * @returns {value is Record<string, any>}
 */
export function isMapping(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Return a value without the keys that have none: nothing is written for what nobody gave.
 * @param {any} value
 * @returns {any}
 */
export function given(value) {
  if (Array.isArray(value)) return value.map(given);
  if (!isMapping(value)) return value;
  const pairs = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(pairs.map(([key, inner]) => [key, given(inner)]));
}

/**
 * Yield the schemas, what they refer to, and their alternatives, each once and before what it is made of.
 * @param {readonly Part[]} parts
 * @param {Schema} root
 * @param {Set<Schema>} [seen]
 * @returns {Generator<Part>}
 */
function* expanded(parts, root, seen = new Set()) {
  for (const part of parts) {
    const { schema } = part;
    if (!isMapping(schema) || seen.has(schema)) continue; // true and false are schemas, too
    seen.add(schema);
    yield part;
    const target = resolved(schema, root);
    const below = target ? [{ ...part, schema: target }] : [];
    for (const keyword of ALTERNATIVES) {
      const isAlternative = part.isAlternative || keyword !== "allOf";
      const children = Array.isArray(schema[keyword]) ? schema[keyword] : [];
      below.push(...children.map((/** @type {Schema} */ child) => ({ ...part, schema: child, isAlternative })));
    }
    for (const keyword of CONDITIONS.filter((one) => one in schema)) {
      below.push({ schema: schema[keyword], isAlternative: true, isCondition: true });
    }
    yield* expanded(below, root, seen);
  }
}

/**
 * Return the keywords of all parts together; where several have one, the first counts.
 * @param {readonly Part[]} parts
 * @returns {Schema}
 */
function merged(parts) {
  /** @type {Record<string, any>} */
  const found = {};
  for (const part of [...parts].reverse()) {
    if (part.isCondition) continue;
    for (const [key, value] of Object.entries(part.schema)) if (!OWN_ONLY.has(key)) found[key] = value;
  }
  return found;
}

/**
 * @param {unknown} value
 * @returns {Record<string, any>}
 */
function mapping(value) {
  return isMapping(value) ? value : {};
}
