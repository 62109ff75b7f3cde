"""Each fault of a catalogue, a schema, a template, the settings or a macro is told once, on its line."""

from __future__ import annotations

import inspect

import pytest

from smartguide import load
from smartguide.checks import template_code
from smartguide.checks.checking import check
from smartguide.engines import macros
from smartguide.session import Session
from tests.generator import projects
from tests.projects import Changes, MakeProject, write
from tests.remedies import restored

TEMPLATE = projects.text("templates/tour.html")

PROJECT = [
    ("content/valleys.yml", "south:", "\tsouth:", ["content/valleys.yml:2:1: error: a tab character where spaces belong (indent with spaces, not with tabs); 3 other findings follow from this and are not listed [syntax]"]),
    ("content/valleys.yml", "north:", "North:", ["content/valleys.yml:1:1: error: the id 'North' is not lower-case ASCII words joined by '-' (write 'north'); 2 other findings follow from this and are not listed [id]"]),
    ("content/valleys.yml", "code: NTH", "kode: NTH", ["content/valleys.yml:1:9: error: unknown key 'kode' (did you mean 'code'?); 2 other findings follow from this and are not listed [unknown-key]"]),
    ("content/valleys.yml", "north: {code: NTH", "north: NTH\nwest: {code: WST", ["content/valleys.yml:1:8: error: north: a record must be a mapping of keys and values (begin it with 'name: …'); 2 other findings follow from this and are not listed [type]"]),
    ("content/valleys.yml", "south: {code: STH", "west: {code: NTH, name: West}\nsouth: {code: STH", ["content/valleys.yml:2:14: error: code: 'NTH' is the code of 'north' too (content/valleys.yml:1) (correct one of the two, or delete one of the records) [ambiguous]"]),
    ("content/valleys.yml", "south: {code: STH", "west:\nname: West\nsouth: {code: STH", ["content/valleys.yml:3:1: error: 'name' is a key of a record, and stands where the ids of records stand (indent it by two spaces, below the id of its record) [type]"]),
    ("content/valleys.yml", "south: {code: STH", "west:\nsouth: {code: STH", ["content/valleys.yml:2:6: error: west: a record must be a mapping of keys and values (begin it with 'name: …', below it and indented by two spaces) [type]"]),
    ("content/catalogue.yml", "collections:", "peaks: {schema: hut, records: !include huts/*.yml}\ncollections:", ["content/catalogue.yml:2:1: error: unknown key 'peaks' (it belongs to 'collections': indent it below that) [unknown-key]"]),
    ("content/catalogue.yml", "huts/*.yml", "hut/*.yml", ["content/catalogue.yml:4:23: error: collections.huts.records: the collection 'huts' has no records (the path after !include names no file; did you mean 'huts/*.yml'?); 4 other findings follow from this and are not listed [empty-collection]"]),
    ("content/catalogue.yml", "!include valleys.yml", "!include valley.yml", ["content/catalogue.yml:6:38: error: collections.valleys.records: no file 'valley.yml' in content/ (did you mean 'valleys.yml'?); 4 other findings follow from this and are not listed [include]"]),
    ("content/catalogue.yml", "  valleys:", "  Valleys:", ["content/catalogue.yml:6:3: error: collections: 'Valleys' cannot be a key here (a collection's name is lower-case ASCII words joined by '-') [wrong-form]"]),
    ("content/catalogue.yml", "schema: valley", "schema: valey", ["content/catalogue.yml:6:21: error: collections.valleys.schema: no schema 'valey' (did you mean 'valley'?); 3 other findings follow from this and are not listed [catalogue]"]),
    ("content/catalogue.yml", "schema: valley", "shema: valley", ["content/catalogue.yml:6:13: error: collections.valleys: unknown key 'shema' (did you mean 'schema'?) [unknown-key]"]),
    ("content/catalogue.yml", "schema: tour,", "schema: tour, template: tuor,", ["content/catalogue.yml:3:35: error: collections.tours.template: the collection 'tours' has the template 'tuor.html', which does not exist (did you mean 'tour.html'?) [catalogue]"]),
    ("schemas/hut.schema.json", "common.schema.json", "comon.schema.json", ["schemas/hut.schema.json:20:17: error: properties.aliases.$ref: no schema 'comon.schema.json' (did you mean 'common.schema.json'?); 7 other findings follow from this and are not listed [schema]"]),
    ("schemas/hut.schema.json", "$defs/notes", "$defs/note", ["schemas/hut.schema.json:47:15: error: properties.notes.$ref: common.schema.json has no '#/$defs/note' (did you mean '#/$defs/notes'?); 2 other findings follow from this and are not listed [schema]"]),
    ("schemas/common.schema.json", '"notes": {', '"notes": {,', ["schemas/common.schema.json:100:15: error: not readable as JSON: Expecting property name enclosed in double quotes (check the quotes, commas and brackets here and on the line above) [schema]"]),
    ("schemas/hut.schema.json", '"type": "integer"', '"type": "intger"', ["schemas/hut.schema.json:40:7: error: properties.beds.type: no type 'intger' (did you mean 'integer'?); 2 other findings follow from this and are not listed [schema]"]),
    ("schemas/hut.schema.json", '"minimum": 0', '"minimum": "0"', ["schemas/hut.schema.json:41:7: error: properties.beds.minimum: 'minimum' cannot be '0' (write a number, without quotes); 2 other findings follow from this and are not listed [schema]"]),
    ("schemas/valley.schema.json", "^[A-Z]{3}$", "^[A-Z{3}$", ["schemas/valley.schema.json:16:7: error: properties.code.pattern: the pattern '^[A-Z{3}$' cannot be used (a [ is never closed); 3 other findings follow from this and are not listed [schema]"]),
    ("schemas/valley.schema.json", "^[A-Z]{3}$", "^(?P<x>[A-Z]{3})$", ["schemas/valley.schema.json:16:7: error: properties.code.pattern: the pattern '^(?P<x>[A-Z]{3})$' cannot be used (the group '(?P<' is unknown in ECMAScript); 3 other findings follow from this and are not listed [schema]"]),
    ("schemas/valley.schema.json", "^[A-Z]{3}$", "^[A-Z]{3}\\\\Z", ["schemas/valley.schema.json:16:7: error: properties.code.pattern: the pattern '^[A-Z]{3}\\Z' cannot be used (\\Z is unknown in ECMAScript; write $); 3 other findings follow from this and are not listed [schema]"]),
    ("schemas/valley.schema.json", "^[A-Z]{3}$", "^[A-Z]{3}\\\\-?$", ["schemas/valley.schema.json:16:7: error: properties.code.pattern: the pattern '^[A-Z]{3}\\-?$' cannot be used (\\- is unknown in ECMAScript; write - alone); 3 other findings follow from this and are not listed [schema]"]),
    ("schemas/valley.schema.json", "^[A-Z]{3}$", "(?i)^[a-z]{3}$", ["schemas/valley.schema.json:16:7: error: properties.code.pattern: the pattern '(?i)^[a-z]{3}$' cannot be used (the group '(?i)' is unknown in ECMAScript); 3 other findings follow from this and are not listed [schema]"]),
    ("schemas/valley.schema.json", "minLength", "minlength", ["schemas/valley.schema.json:25:7: error: no keyword 'minlength' (did you mean 'minLength'?) [schema]"]),
    ("schemas/valley.schema.json", '"x-search"', '"x-serch"', ["schemas/valley.schema.json:17:7: error: no keyword 'x-serch' (did you mean 'x-search'?) [schema]", "schemas/valley.schema.json:24:7: error: no keyword 'x-serch' (did you mean 'x-search'?) [schema]"]),
    ("schemas/valley.schema.json", '["code", "name"]', '["code", "nmae"]', ["schemas/valley.schema.json:9:24: error: required: no property 'nmae' (did you mean 'name'?) [schema]"]),
    ("schemas/valley.schema.json", '["code", "name"]', '["code", "name",]', ["schemas/valley.schema.json:9:31: error: not readable as JSON: Expecting value (delete the comma before it); 3 other findings follow from this and are not listed [schema]"]),
    ("schemas/valley.schema.json", '["code", "name"]', '["code", "name"', ["schemas/valley.schema.json:10:25: error: not readable as JSON: Expecting ',' delimiter (a comma, a colon or a closing bracket is missing before it); 3 other findings follow from this and are not listed [schema]"]),
    ("schemas/valley.schema.json", '  "additionalProperties": false,\n', "", ['schemas/valley.schema.json:10:3: warning: additionalProperties is missing: a misspelt key would be taken for another property (write "additionalProperties": false) [schema]']),
    ("schemas/valley.schema.json", '"description": "The name of the valley.",', "", ['schemas/valley.schema.json:20:5: warning: properties.name has no description (write "description": what it means, in a sentence; the field reference shows it) [schema]']),
    ("schemas/valley.schema.json", '["NTH"]', '["Nth"]', ['schemas/valley.schema.json:18:20: error: properties.code.examples: \'Nth\' breaks its own schema ("Nth" does not match "^[A-Z]{3}$"; correct one of the two) [schema]']),
    ("schemas/hut.schema.json", "valleys#code", "valley#code", ["schemas/hut.schema.json:25:7: error: valley: no collection 'valley' (did you mean 'valleys'?); 2 other findings follow from this and are not listed [schema]"]),
    ("schemas/hut.schema.json", "valleys#code", "valleys#kode", ["schemas/hut.schema.json:25:7: error: valley: valleys have no property 'kode' (did you mean 'code'?); 2 other findings follow from this and are not listed [schema]"]),
    ("schemas/hut.schema.json", "valleys#code", "Valleys#code", ["schemas/hut.schema.json:25:7: error: 'x-ref' cannot be 'Valleys#code' (The value is the id of a record of that collection; `countries#code` means that it is the value of the property `code` of a record there.); 2 other findings follow from this and are not listed [schema]"]),
    ("schemas/valley.schema.json", '"x-label": "name"', '"x-label": "nam"', ["schemas/valley.schema.json:7:3: error: x-label: no property 'nam' (did you mean 'name'?) [schema]"]),
    ("schemas/hut.schema.json", '"x-label": "name"', '"x-label": "aliases"', ["schemas/hut.schema.json:7:3: error: x-label: 'aliases' is a list, not a text (name a property that is a text) [schema]"]),
    ("schemas/tour.schema.json", '"day tour"\n      ]', '"day tour",\n        "day tour"\n      ]', ["schemas/tour.schema.json:49:9: error: properties.kind.enum: 'day tour' stands there twice (delete one) [schema]"]),
    ("schemas/valley.schema.json", '"x-label": "name",', '"x-label": "name", "x-label": "code",', ["schemas/valley.schema.json:7:22: error: x-label: the key stands here for the second time (first on line 7) (keep one of them); 3 other findings follow from this and are not listed [duplicate-key]"]),
    ("schemas/valley.schema.json", '{\n  "$schema"', '// a valley\n{\n  "$schema"', ["schemas/valley.schema.json:1:1: error: not readable as JSON: Expecting value (JSON has no comments; write it as the value of $comment); 3 other findings follow from this and are not listed [schema]"]),
    ("templates/tour.html", "{{ data.kind }}", "{{ data.kind ", ["templates/tour.html:7:1: error: cannot be rendered: expected token 'end of print statement', got '{' (close it with }}, and begin no other before) [template]"]),
    ("templates/tour.html", "| month", "| monht", ["templates/tour.html:9:1: error: no filter 'monht' (did you mean 'month'?) [template]"]),
    ("templates/tour.html", "data.kind", "dta.kind", ["templates/tour.html:7:1: error: 'dta' is undefined (did you mean 'data'?) [template]"]),
    ("templates/tour.html", "data.nights", "data.nigths", ["templates/tour.html:7:1: error: no property 'nigths' (did you mean 'nights'?) [template]"]),
    ("templates/tour.html", "block body", "block bodi", ["templates/tour.html:4:1: error: no block 'bodi' in what the template extends (did you mean 'body'?) [template]"]),
    ("templates/tour.html", "record.html", "rekord.html", ["templates/tour.html:1:1: error: no template 'rekord.html' (did you mean 'record.html'?) [template]"]),
    ("templates/tour.html", "parts/macros", "parts/makros", ["templates/tour.html:2:1: error: no template 'parts/makros.html' (did you mean 'parts/macros.html'?) [template]"]),
    ("templates/tour.html", "{% endif %}\n</dl>", "</dl>", ["templates/tour.html:52:1: error: cannot be rendered: Encountered unknown tag 'endblock'. You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'. (close what is open with {% endif %}, or fix the name of the tag) [template]"]),
    ("mkdocs.yml", "docs_dir", "dcos_dir", ["mkdocs.yml:10:1: warning: no setting 'dcos_dir' (did you mean 'docs_dir'?) [settings]"]),
    ("mkdocs.yml", "site_dir: site", "colour: red", ["mkdocs.yml:11:1: warning: no setting 'colour' (what is for templates only stands below 'extra') [settings]"]),
    ("mkdocs.yml", "- smartguide", "- smartgide", ["mkdocs.yml:37:5: error: plugins[0]: no plugin 'smartgide' is installed (did you mean 'smartguide'?) [settings]"]),
    ("mkdocs.yml", "  - smartguide\n", "", ["mkdocs.yml:36:1: error: plugins: the plugin 'smartguide' is missing, which brings the records into the site (add '- smartguide' above '- macros') [settings]"]),
    ("mkdocs.yml", "  - macros:", "  - marcos:", ["mkdocs.yml:38:5: error: plugins[1].marcos: no plugin 'marcos' is installed (did you mean 'macros'?) [settings]"]),
    ("mkdocs.yml", "- smartguide", "- smartguide:\n    warnings: true", ["mkdocs.yml:38:5: error: plugins[0]: 'warnings' stands beside 'smartguide', and an entry has one name (indent it by two more spaces if it is an option of 'smartguide', else begin it with '- ') [settings]"]),
    ("mkdocs.yml", "- smartguide", "- smartguide: {warning: true}", ["mkdocs.yml:37:18: error: plugins[0].smartguide: unknown key 'warning' (did you mean 'warnings'?) [settings]"]),
    ("mkdocs.yml", "- smartguide", "- smartguide: x", ["mkdocs.yml:37:17: error: plugins[0].smartguide: must be empty or a mapping of keys and values, not the text 'x' (Knowledge bases of records: options of the plugin) [settings]"]),
    ("mkdocs.yml", "on_error_fail:", "on_eror_fail:", ["mkdocs.yml:40:7: error: plugins[1].macros: unknown key 'on_eror_fail' (did you mean 'on_error_fail'?) [settings]"]),
    ("mkdocs.yml", "modules: [smartguide.engines.macros]", "modules: 5", ["mkdocs.yml:39:16: error: plugins[1].macros.modules: must be a list, not the number 5 (write '- \"5\"' on a line of its own below the key) [settings]"]),
    ("mkdocs.yml", "- smartguide", "- smartguide\n  - search: {lang: en}", ["mkdocs.yml:38:5: error: the plugin 'search': the site has a search of its own, and would have two (take it out, with its options) [settings]"]),
    ("mkdocs.yml", "- smartguide", "- smartguide\n  - serch", ["mkdocs.yml:38:5: error: plugins[1]: no plugin 'serch' is installed (correct the name, install it, or take it out) [settings]"]),
    ("mkdocs.yml", "site_dir: site", "INHERIT: 5", ['mkdocs.yml:11:10: error: INHERIT: must be text, not the number 5 (put it in quotes: "5") [settings]']),
    ("mkdocs.yml", "on_undefined: strict", "on_undefined: strikt", ["mkdocs.yml:41:21: error: plugins[1].macros.on_undefined: 'strikt' is not allowed (did you mean 'strict'? allowed: keep, silent, strict, lax) [settings]"]),
    ("mkdocs.yml", "- smartguide", "- smartguide\n  - tags: {tag_file: x}", ["mkdocs.yml:38:12: error: plugins[1].tags: 'tags' has no option 'tag_file' (did you mean 'tags_file'?) [settings]"]),
    ("mkdocs.yml", "- smartguide", "- smartguide\n  - no-such", ["mkdocs.yml:38:5: error: plugins[1]: no plugin 'no-such' is installed (correct the name, install it, or take it out) [settings]"]),
    ("mkdocs.yml", "- tables", "- tabels", ["mkdocs.yml:47:5: error: markdown_extensions[2]: no extension of Markdown 'tabels' is installed (did you mean 'tables'?) [settings]"]),
    ("mkdocs.yml", "- tables", "- pymdownx.taskist", ["mkdocs.yml:47:5: error: markdown_extensions[2]: no extension of Markdown 'pymdownx.taskist' is installed (did you mean 'pymdownx.tasklist'?) [settings]"]),
    ("mkdocs.yml", "- tables", "- pymdownx", ["mkdocs.yml:47:5: error: markdown_extensions[2]: 'pymdownx' is no extension of Markdown (correct the name, or take it out) [settings]"]),
    ("mkdocs.yml", "permalink: true", "permalnk: true", ["mkdocs.yml:49:7: error: markdown_extensions[3].toc: 'toc' has no option 'permalnk' (did you mean 'permalink'?) [settings]"]),
    ("mkdocs.yml", "name: material", "name: materal", ["mkdocs.yml:17:9: error: theme.name: no theme 'materal' is installed (did you mean 'material'?) [settings]"]),
    ("mkdocs.yml", "custom_dir: theme", "custom_dir: thme", ["mkdocs.yml:18:15: error: theme.custom_dir: no folder 'thme' (did you mean 'theme'?) [settings]"]),
    ("mkdocs.yml", "    - toc.follow\n", "    - toc.follow\n    - content.tooltips\n", ["mkdocs.yml:29:7: error: theme.features[6]: 'content.tooltips' shows the text of a tooltip as HTML, and the generator has its own tooltips (take it out) [settings]"]),
    ("mkdocs.yml", "language: en", "language: english", ["mkdocs.yml:19:13: error: theme.language: the theme has no language 'english' (write two letters, such as en) [settings]"]),
    ("mkdocs.yml", "font: false", "font: false\n  icon: x", ["mkdocs.yml:21:9: error: theme.icon: must be a mapping of keys and values, not the text 'x' (Icons of the theme, by what they stand for) [settings]"]),
    ("mkdocs.yml", "omitted_files: warn", "omitted_files: wrn", ["mkdocs.yml:54:20: error: validation.nav.omitted_files: 'wrn' is not allowed (did you mean 'warn'? allowed: warn, info, ignore) [settings]"]),
    ("mkdocs.yml", "omitted_files: warn", "omited_files: warn", ["mkdocs.yml:54:5: error: validation.nav: unknown key 'omited_files' (did you mean 'omitted_files'?) [settings]"]),
    ("mkdocs.yml", "validation:\n  nav", "validation:\n  nv", ["mkdocs.yml:53:3: error: validation: unknown key 'nv' (did you mean 'nav'?) [settings]"]),
    ("mkdocs.yml", "validation:", "nav: index.md\nvalidation:", ["mkdocs.yml:52:6: error: nav: must be a list, not the text 'index.md' (write '- index.md' on a line of its own below the key) [settings]"]),
    ("mkdocs.yml", "validation:", "nav:\n  Home: index.md\nvalidation:", ["mkdocs.yml:53:3: error: nav: must be a list, not a mapping (begin each entry with '- ' on a line of its own, as in '- Home: …') [settings]"]),
    ("mkdocs.yml", "validation:", "nav:\n  - Home: index.md\n    Tours: tours/index.md\nvalidation:", ["mkdocs.yml:54:5: error: nav[0]: an entry has one title, and here are two (begin 'Tours' with '- '; if it is below 'Home', indent it as well) [settings]"]),
    ("mkdocs.yml", "validation:", "nav:\n  - Home: index.md\n  - Tours:\n      All: tours/index.md\nvalidation:", ["mkdocs.yml:54:5: error: nav[1].Tours: what is below 'Tours' is no list (begin each line below it with '- ') [settings]"]),
    ("mkdocs.yml", "validation:", "nav:\n  - Home:\n  - 5\n  - Tours: 5\n  - More: []\n  - [a]\nvalidation:", ["mkdocs.yml:53:5: error: nav[0].Home: the entry 'Home' leads nowhere (write '- Home: ' and the file of its page) [settings]", "mkdocs.yml:54:5: error: nav[1]: an entry of the navigation is neither a page nor a title (write the file of a page, or its title, ': ' and the file) [settings]", "mkdocs.yml:55:5: error: nav[2].Tours: '5' is no page (write the file of a page) [settings]", "mkdocs.yml:56:5: error: nav[3].More: nothing is below it (write pages below it, or delete it) [settings]", "mkdocs.yml:57:5: error: nav[4]: an entry of the navigation is neither a page nor a title (write the file of a page, or its title, ': ' and the file) [settings]"]),
    ("mkdocs.yml", "assets/tours.css", "assets/tour.css", ["mkdocs.yml:31:5: error: extra_css[0]: no file 'assets/tour.css' (did you mean 'assets/tours.css'?) [settings]"]),
    ("mkdocs.yml", "  - assets/tours.css", " assets/tours.css", ["mkdocs.yml:31:2: error: extra_css: must be a list, not the text 'assets/tours.css' (write '- assets/tours.css' on a line of its own below the key) [settings]"]),
    ("mkdocs.yml", "extra_css:", "extra_javascript:\n  - assets/x.js\n  - pth: assets/y.js\n  - https://a.example/x.js\nextra_css:", ["mkdocs.yml:31:5: error: extra_javascript[0]: no file 'assets/x.js' (put it below theme/, or take it out) [settings]", "mkdocs.yml:32:5: error: extra_javascript[1]: unknown key 'pth' (did you mean 'path'?) [settings]"]),
    ("mkdocs.yml", "extra:\n  generator: false", "extra: 5", ["mkdocs.yml:33:8: error: extra: must be a mapping of keys and values, not the text '5' (What is for templates only, as keys and values; and the settings of the form for records) [settings]"]),
    ("mkdocs.yml", "site_dir: site", "site_dir: [site]", ["mkdocs.yml:11:11: error: site_dir: must be text, not a list (write one text; put it in quotes if it has brackets) [settings]"]),
    ("mkdocs.yml", "site_name: Tours", "site_name: 2024", ['mkdocs.yml:1:12: error: site_name: must be text, not the number 2024 (put it in quotes: "2024") [settings]']),
    ("mkdocs.yml", "site_name: Tours", "site_name:", ["mkdocs.yml:1:11: error: site_name: must be text, not empty (write something) [settings]"]),
    ("mkdocs.yml", "site_name: Tours\n", "", ['mkdocs.yml:1:1: error: the key \'site_name\' is missing (What the site is called; for example "Seed library") [settings]']),
    ("mkdocs.yml", "repo_name: Repository", "repo_name: yes", ['mkdocs.yml:7:12: error: repo_name: must be text, not yes (put it in quotes: "yes") [settings]']),
    ("mkdocs.yml", "exclude_docs: |\n  *.yml\n  *.yaml", "exclude_docs: [a]", ["mkdocs.yml:12:15: error: exclude_docs: must be text, not a list (write one text; put it in quotes if it has brackets) [settings]"]),
    ("mkdocs.yml", "site_dir: site", "use_directory_urls: 5\nstrict: 'yes'\ndev_addr: localhost", ["mkdocs.yml:11:21: error: use_directory_urls: must be true: the page of a record is a folder, and links lead there (take it out) [settings]", "mkdocs.yml:12:9: error: strict: must be true or false, not the text 'yes' (write true, without quotes) [settings]", 'mkdocs.yml:13:11: error: dev_addr: \'localhost\' does not have the right form (The host and the port of the live preview; for example "127.0.0.1:8000") [settings]']),
    ("mkdocs.yml", "site_dir: site", "site_dir: site\nsite_dir: other", ["mkdocs.yml:12:1: error: the key 'site_dir' stands here for the second time (first on line 11) (keep one of them) [settings]"]),
    ("mkdocs.yml", "language: en", "language: en\n  language: de", ["mkdocs.yml:20:3: error: the key 'language' stands here for the second time (first on line 19) (keep one of them) [settings]"]),
    ("mkdocs.yml", "site_dir: site", "hooks: [hook.py]\nwatch: [x]\nINHERIT: base.yml", ["mkdocs.yml:11:9: error: hooks[0]: no file 'hook.py' (correct the path, or take it out) [settings]", "mkdocs.yml:12:9: error: watch[0]: no file 'x' (correct the path, or take it out) [settings]", "mkdocs.yml:13:10: error: INHERIT: no file 'base.yml' (correct the path, or take it out) [settings]"]),
    ("mkdocs.yml", "!ENV [SITE_URL, ", "!ENV [", ["mkdocs.yml:5:17: error: !ENV names no variable of the environment (write !ENV NAME, or !ENV [NAME, what holds if it is not set]) [settings]"]),
    ("mkdocs.yml", "!ENV [SITE_URL, ", "!Env [SITE_URL, ", ["mkdocs.yml:5:11: error: no tag '!Env' (did you mean '!ENV'?) [settings]"]),
    ("mkdocs.yml", "!ENV [SITE_URL, ", "!ENV [[SITE_URL], ", ["mkdocs.yml:5:17: error: !ENV names no variable of the environment (write !ENV NAME, or !ENV [NAME, what holds if it is not set]) [settings]"]),
    ("mkdocs.yml", "- tables", "- pymdownx.superfences:\n      custom_fences:\n        - name: x\n          class: x\n          format: !!python/name:pymdownx.superfences.fence_code_formt", ["mkdocs.yml:51:19: error: the module 'pymdownx.superfences' has no 'fence_code_formt' (did you mean 'fence_code_format'?) [settings]"]),
    ("mkdocs.yml", "- tables", "- pymdownx.superfences:\n      custom_fences:\n        - name: x\n          class: x\n          format: !!python/name:pymdwnx.superfences.fence_code_format", ["mkdocs.yml:51:19: error: no module 'pymdwnx.superfences' (correct the name, or install what it is in) [settings]"]),
    ("mkdocs.yml", "- tables", "- pymdownx.superfences:\n      custom_fences:\n        - name: x\n          class: x\n          format: !!python/name:pymdownx.superfences.fence_code_format", []),
    ("mkdocs.yml", "language: en", "language:en", ["mkdocs.yml:19:3: error: the line has no key that ends in ': ' (write 'language: en') [settings]"]),
    ("templates/tour.html", "data.kind", "record.knd", ["templates/tour.html:7:1: error: a record has no 'knd' (did you mean 'fields.kind'?) [template]"]),
    ("templates/tour.html", "data.kind", "record.lable", ["templates/tour.html:7:1: error: a record has no 'lable' (did you mean 'label'?) [template]"]),
    ("templates/tour.html", "data.kind", "record.data.knd", ["templates/tour.html:7:1: error: no property 'knd' (did you mean 'kind'?) [template]"]),
    ("templates/tour.html", "data.kind", "data['knd']", ["templates/tour.html:7:1: error: no property 'knd' (did you mean 'kind'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{{ view.hading('x') }}", ["templates/tour.html:7:1: error: the view has no 'hading' (did you mean 'heading'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{{ view.heading('x', levl=3) }}", ["templates/tour.html:7:1: error: 'view.heading' has no parameter 'levl' (did you mean 'level'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{{ m.fcts(record) }}", ["templates/tour.html:7:1: error: no macro 'fcts' in parts/macros.html (did you mean 'facts'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{% for s in data.stages %}{{ s.hutt }}{% endfor %}", ["templates/tour.html:7:1: error: no property 'hutt' (did you mean 'hut'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{{ data.stages | sort(attribute='hutt') | length }}", ["templates/tour.html:7:1: error: no property 'hutt' (did you mean 'hut'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{{ kb['tuors'] | length }}", ["templates/tour.html:7:1: error: no collection 'tuors' (did you mean 'tours'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{{ kb.tours }}", ['templates/tour.html:7:1: error: the knowledge base has no \'tours\' (write kb["tours"]) [template]']),
    ("templates/tour.html", "{{ data.kind }}", "{{ record.targets('stage') }}", ["templates/tour.html:7:1: error: no property 'stage' (did you mean 'stages'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{{ record.sources_of('hut') }}", ["templates/tour.html:7:1: error: no collection 'hut' (did you mean 'huts'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{% for h in record.targets('stages') %}{{ h.fields.bads }}{% endfor %}", ["templates/tour.html:7:1: error: no property 'bads' (did you mean 'beds'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{{ kb['huts'] | map(attribute='fields.bads') | list }}", ["templates/tour.html:7:1: error: no property 'bads' (did you mean 'beds'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{% from 'parts/macros.html' import facs %}", ["templates/tour.html:7:1: error: no macro 'facs' in parts/macros.html (did you mean 'facts'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{% set record = kb.get('huts', 'stone-pass') %}{{ record.fields.beds }}", []),
    ("templates/tour.html", "{{ data.kind }}", "{% for record in kb['huts'] %}{{ record.fields.beds }}{% endfor %}", []),
    ("templates/tour.html", "{{ data.kind }}", "{% for x in [record, kb] %}{{ x.anything }}{% endfor %}", []),
    ("content/huts/stone-pass.yml", "name: Stone", "# yaml-language-server: $schema=../../schemas/tour.schema.json\nname: Stone", ["content/huts/stone-pass.yml:1:33: warning: '../../schemas/tour.schema.json' is the schema of another kind: editors would be misled (write # yaml-language-server: $schema=../../schemas/hut.schema.json) [schema-line]"]),
    ("content/huts/stone-pass.yml", "name: Stone", "# yaml-language-server: $schema=../schemas/hut.schema.json\nname: Stone", ["content/huts/stone-pass.yml:1:33: warning: '../schemas/hut.schema.json' is no file: editors would be misled (write # yaml-language-server: $schema=../../schemas/hut.schema.json) [schema-line]"]),
    ("content/huts/stone-pass.yml", "name: Stone", "# yaml-language-server: $schema=../../schemas/hut.schema.json\nname: Stone", []),
    ("content/catalogue.yml", "  themes:", "  lodges: {schema: hut, records: !include huts/*.yml}\n  themes:", ["content/catalogue.yml:5:34: error: collections.lodges.records: content/huts/upper-lake.yml is gathered by the collection 'huts' already (give each collection files of its own, or delete one of the two) [catalogue]"]),
    ("content/catalogue.yml", "  themes:", "  lodges: {schema: hut, records: !include huts/u*.yml}\n  themes:", ["content/catalogue.yml:5:34: error: collections.lodges.records: content/huts/upper-lake.yml is gathered by the collection 'huts' already (give each collection files of its own, or delete one of the two) [catalogue]"]),
    ("content/valleys.yml", "north: {code: NTH, name: North Valley}\nsouth: {code: STH, name: South Valley}\n", "- id: north\n  code: NTH\n  name: North\n- id: south\n  code: STH\n  name: South\n", ["content/valleys.yml:1:1: error: must be a mapping of ids and records (write 'north:' in the place of '- id: north', and so for each record); 3 other findings follow from this and are not listed [type]"]),
]  # fmt: skip
"""What is replaced in a file of the project, and all that is told then."""


UNUSED: dict[str, tuple[Changes, list[str]]] = {
    "a misspelt template": ({"templates/tour.html": None, "templates/tuor.html": TEMPLATE}, ["templates/tuor.html:1:1: warning: no page uses this template (did you mean 'tour.html'? Rename it, or delete it) [template]"]),
    "a second template": ({"templates/tuor.html": TEMPLATE}, ["templates/tuor.html:1:1: warning: no page uses this template ('tour.html' is used: move what you need into it, and delete this file) [template]"]),
    "a part": ({"templates/parts/mine.html": "x"}, ["templates/parts/mine.html:1:1: warning: no template and no chapter uses this part (fix its name, or delete it) [template]"]),
    "a part that a chapter shows": ({"templates/parts/mine.html": "x", "content/index.md": "# P\n\n{{ part('mine') }}\n"}, []),
    "a part that a template includes": ({"templates/parts/mine.html": "x", "templates/tour.html": TEMPLATE.replace("</dl>", "</dl>{% include 'parts/mine.html' %}")}, []),
    "a part whose name is computed": ({"templates/parts/mine.html": "x", "content/index.md": "# P\n\n{% set x = 'mine' %}{{ part(x) }}\n"}, []),
}  # fmt: skip
"""Templates that nothing uses, and such as are used."""
MACROS = {
    '{{ link("stone-pass") }}': ['4: error: link() lacks \'record_id\' (write {{ link("huts", "stone-pass") }}) [macro]'],
    '{{ link("huts") }}': ['4: error: link() lacks \'record_id\' (for example {{ link("huts", "stone-pass") }}) [macro]'],
    '{{ lnk("huts", "stone-pass") }}': ["4: error: 'lnk' is undefined (did you mean 'link'?) [macro]"],
    "{{ stone_pass }}": ['4: error: \'stone_pass\' is undefined (write {{ link("huts", "stone-pass") }}) [macro]'],
    "{{ bridge }} and `{{ code }}`": ["4: error: 'bridge' is undefined (to show braces, put them between backticks or {% raw %} and {% endraw %}) [macro]"],
    '{{ count("huts") }} {{ count() }} {{ count("huts", "tours") }}': ['24: error: count() lacks \'collection\' (for example {{ count("tours") }}) [macro]', '38: error: count() has 2 values, and takes 1 (for example {{ count("huts") }}) [macro]'],
    '{{ link("huts", "stone-pass", lable="x") }}': ['4: error: link() has no parameter \'lable\' (for example {{ link("huts", "stone-pass") }}) [macro]'],
    "{{ link(huts, stone-pass) }}": ['4: error: link() is given \'huts\', which is no text: it lacks quotes (for example {{ link("tours", "three-lakes") }}) [macro]'],
    '{{ part("colections") }}': ["4: error: no part 'colections' (did you mean 'collections'?) [macro]"],
    '{{ part("pages", kind="x") }}': [],
    '{% set x = "pages" %}{{ part(x) }}{{ page.title }}{{ generator }}{% for one in [1] %}{{ loop.index }}{{ one }}{% endfor %}': [],
}  # fmt: skip
"""The code of a chapter, and what is told of it, after the place of the line."""


@pytest.fixture(scope="module")
def project_session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """Return the session of a project that each test leaves as it was."""
    return load(projects.copy(tmp_path_factory.mktemp("messages"), site=True))


@pytest.mark.parametrize(("name", "was", "now", "expected"), PROJECT)
def test_a_fault_of_the_project_is_one_finding(
    project_session: Session, name: str, was: str, now: str, expected: list[str]
) -> None:
    text = projects.text(name)
    assert was in text
    root = project_session.project.root
    with restored(root):
        write(root, {name: text.replace(was, now).encode()})
        project_session.refresh()
    assert [finding.as_text() for finding in project_session.checked.findings] == expected


@pytest.mark.parametrize(("changes", "expected"), UNUSED.values(), ids=UNUSED)
def test_templates_that_nothing_uses_are_told(site_project: MakeProject, changes: Changes, expected: list[str]) -> None:
    assert [finding.as_text() for finding in load(site_project(changes)).checked.findings] == expected


@pytest.mark.parametrize(("code", "expected"), MACROS.items())
def test_what_a_chapter_asks_for_in_vain_is_told(site_project: MakeProject, code: str, expected: list[str]) -> None:
    root = site_project({"content/page.md": f"# P\n\n{code}\n"})
    found = [finding.as_text() for finding in load(root).checked.in_macros]
    assert found == [f"content/page.md:3:{said}" for said in expected]


def test_the_macros_that_are_checked_are_those_that_there_are(site_project: MakeProject) -> None:
    functions = macros.macros(load(site_project()), str)
    assert functions.keys() == template_code.MACROS.keys()
    for name, declared in template_code.MACROS.items():
        wanted = inspect.signature(functions[name]).parameters.values()
        named = [one for one in wanted if one.kind is not one.VAR_KEYWORD]
        assert [one.name for one in named if one.default is one.empty] == list(declared.required)
        assert [one.name for one in named if one.default is not one.empty] == list(declared.optional)
        assert declared.takes_others == (len(named) < len(wanted))


def test_a_schema_that_many_refer_to_is_one_finding(project: MakeProject) -> None:
    (finding,) = check(project({"schemas/common.schema.json": None})).findings
    assert finding.message == "no schema 'common.schema.json'"
    assert finding.consequences > 10
