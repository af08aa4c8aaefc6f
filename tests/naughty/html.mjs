// Is every string in the page what it was, and nothing else?   html.mjs PAGE HARMLESS-PAGE STRINGS.json
//
// TAP on stdout. The tree that parse5 makes of the page must have the shape that it has with plain words, and every
// value must come back. HTML itself makes "\n" of "\r" and of "\r\n".
import { readFileSync } from "node:fs";
import { parse } from "parse5";

const [page, harmless, list] = process.argv.slice(2);
const { strings } = JSON.parse(readFileSync(list, "utf8"));
const trees = [page, harmless].map((path) => parse(readFileSync(path, "utf8")));

const attribute = (node, name) => node.attrs.find((a) => a.name === name)?.value;
const text = (node) => node.childNodes.map((child) => child.value ?? text(child)).join("");
const shape = (node) => node.nodeName === "#text" ? "" :
    `${node.nodeName}[${(node.attrs ?? []).map((a) => a.name)}](${(node.childNodes ?? []).map(shape).join("")})`;

function* elements(node) {
    if (node.tagName) yield node;
    for (const child of node.childNodes ?? []) yield* elements(child);
}

let failures = 0;
function tell(isWell, name, detail) {
    console.log(`${isWell ? "ok" : "not ok"} - ${name}`);
    if (!isWell) {
        failures++;
        console.log(`# ${detail}`);
    }
}

tell(shape(trees[0]) === shape(trees[1]), `${strings.length} strings leave the page's shape alone`, "another tree");
const boxes = [...elements(trees[0])].filter((e) => /^n\d+$/.test(attribute(e, "id") ?? ""));
tell(boxes.length === strings.length, "each has its place", `${boxes.length} places`);
const wrong = new Map();
boxes.forEach((box, i) => {
    const kids = box.childNodes.filter((n) => n.tagName), s = strings[i];
    const asHtml = s.replace(/\r\n?/g, "\n");
    const [p, both, attrs, link, search, query, json, ld, data, area, filtered, set] = kids;
    const query_of = (a) => new URL(attribute(a, "href"), "https://example.org").searchParams.get("q");
    const found = {
        "text": [text(p), asHtml],
        "attribute": [attribute(both, "title"), asHtml],
        "attribute in single quotes": [attribute(both, "data-v"), asHtml],
        "xmlattr": [attribute(attrs, "title"), asHtml],
        "address": [attribute(link, "href"), asHtml],
        "urlencode": [query_of(search), s],
        "urlencode of a map": [query_of(query), s],
        "tojson": [JSON.parse(text(json)), s],
        "tojson in JSON-LD": [JSON.parse(text(ld)).name, s],
        "tojson in an attribute": [JSON.parse(attribute(data, "data-json")).v, s],
        "textarea": [text(area), asHtml],
        "a filter block": [text(filtered), asHtml],
        "a set block": [text(set), asHtml],
    };
    for (const [place, [got, wanted]] of Object.entries(found))
        if (got !== wanted) wrong.set(place, [...(wrong.get(place) ?? []), `${JSON.stringify(wanted)} is ${JSON.stringify(got)}`]);
        else if (!wrong.has(place)) wrong.set(place, []);
});
for (const [place, list] of wrong)
    tell(list.length === 0, `all come back from: ${place}`, `${list.length}: ${list.slice(0, 5).join("; ")}`);
process.exit(failures ? 1 : 0);
