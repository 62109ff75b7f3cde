/** The packages of other people that the model stands on; `make vendor` copies them. */

const YAML = new URL("vendor/yaml/index.js", import.meta.url);
const JSON_SCHEMA = new URL("vendor/json-schema/validator.js", import.meta.url);

/** @type {[typeof import("yaml"), Pick<typeof import("@cfworker/json-schema"), "Validator">]} */
const [yaml, { Validator }] = await Promise.all([import(YAML.href), import(JSON_SCHEMA.href)]);

export { Validator, yaml };
