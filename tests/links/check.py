#!/usr/bin/env python3
"""Does every link of a built site lead somewhere?

    check.py SITE BASE_URL [LISTS]

SITE is the folder of a built site, BASE_URL the address it was built for. Of every page it follows the addresses
in links, images, scripts, forms, Open Graph tags and JSON-LD; of the other files those in stylesheets, feeds and the
sitemap. One that is inside the site must have a file, and a #fragment an element with that id; one on the same host
but outside BASE_URL is an error too, since that is how a link that forgot the sub-path looks.

LISTS is a folder with what `liner list WHAT --format json` printed, as WHAT.json: then the pages are also held
against the content: what names something links to it, and is linked from it.

Speaks TAP.
"""
import html.parser
import json
import os
import re
import sys
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

# Which attributes hold an address, and of which elements; None stands for every element
ADDRESSES = {"href": None, "src": None, "poster": None, "action": None, "formaction": None, "data": ("object",),
             "cite": None}
NO_FILE_NEEDED = ("mailto", "tel", "data")


class Page(html.parser.HTMLParser):
    """What the checks need of one page."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.twice = set(), []
        self.links = []                 # (line, address)
        self.anchors = set()            # addresses of <a href>, as written
        self.rows = []                  # table rows and list items: [text, addresses]
        self.canonical = self.refresh = None
        self.noindex = False
        self.title = self.headings = 0
        self.ld = []                    # JSON-LD texts
        self._open = []                 # rows being read, innermost last: (tag, row)
        self._script = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attr = dict((k, v or "") for k, v in attrs)
        line = self.getpos()[0]
        if "id" in attr:
            if attr["id"] in self.ids:
                self.twice.append(attr["id"])
            self.ids.add(attr["id"])
        for name, value in attr.items():
            if name in ADDRESSES and (ADDRESSES[name] is None or tag in ADDRESSES[name]):
                self.links.append((line, value.strip()))
            elif name in ("srcset", "imagesrcset"):
                self.links += [(line, part.split()[0]) for part in value.split(",") if part.strip()]
        if tag == "a" and "href" in attr:
            self.anchors.add(attr["href"])
            for _, row in self._open:
                row[1].add(attr["href"])
        elif tag == "link" and attr.get("rel") == "canonical":
            self.canonical = attr.get("href")
        elif tag == "meta":
            name, content = attr.get("property") or attr.get("name") or "", attr.get("content", "")
            if name in ("og:url", "og:image", "twitter:image", "og:audio", "og:video"):
                self.links.append((line, content))
            elif name == "robots" and "noindex" in content:
                self.noindex = True
            elif attr.get("http-equiv", "").lower() == "refresh":
                self.refresh = content.partition("=")[2].strip(" '\"")
                self.links.append((line, self.refresh))
        elif tag == "h1":
            self.headings += 1
        elif tag in ("tr", "li"):
            row = ["", set()]
            self.rows.append(row)
            self._open.append((tag, row))
        elif tag == "script" and attr.get("type") == "application/ld+json":
            self._script = line
            self.ld.append((line, ""))

    def handle_endtag(self, tag):
        if tag == "script":
            self._script = None
        elif tag in ("tr", "li"):
            while self._open:
                if self._open.pop()[0] == tag:
                    break

    def handle_data(self, data):
        if self._script is not None:
            self.ld[-1] = (self._script, self.ld[-1][1] + data)
        for _, row in self._open:
            row[0] += data


class Site:
    def __init__(self, folder, base):
        self.folder, self.base = folder, base if base.endswith("/") else base + "/"
        self.files, self.pages = set(), {}
        for root, _, names in os.walk(folder):
            for name in names:
                path = os.path.relpath(os.path.join(root, name), folder).replace(os.sep, "/")
                self.files.add(path)
                if path.endswith(".html"):
                    self.pages[path] = Page(self.text(path))
        # addresses of what is meant to be found: neither an error page nor a stub that leads elsewhere
        self.shown = {self.address(p): page for p, page in self.pages.items()
                      if page.refresh is None and not page.noindex and p not in ("404.html", "not_found.html")}

    def text(self, path):
        with open(os.path.join(self.folder, path), encoding="utf-8") as f:
            return f.read()

    def address(self, path):
        """The address of a file, with Hangul as it is written (not percent-encoded)."""
        return self.base + re.sub(r"(^|/)index\.html$", r"\1", path)

    def resolve(self, page_address, link):
        """What the link leads to, written as address() writes it."""
        return unquote(urljoin(page_address, link))

    def file_of(self, address):
        """The file behind an address inside the site, or None."""
        path = address[len(self.base):].partition("?")[0]
        path = path + "index.html" if path == "" or path.endswith("/") else path
        return path if path in self.files else None

    def mistake(self, page_address, link):
        """What is wrong with a link, or None."""
        parts = urlsplit(link)
        if parts.scheme in NO_FILE_NEEDED:
            return None
        if parts.scheme not in ("", "http", "https"):
            return "has a scheme that no page should have"
        if link == "":
            return "is empty"
        target, fragment = urldefrag(urljoin(page_address, link))
        target = unquote(target)
        if not target.startswith(self.base):
            ours = urlsplit(self.base)
            there = urlsplit(target)
            if (there.scheme, there.netloc) == (ours.scheme, ours.netloc):
                return "is outside the site's path " + ours.path
            return None
        path = self.file_of(target)
        if path is None:
            return "leads to no file" + (" (a slash is missing at its end)" if self.file_of(target + "/") else "")
        fragment = unquote(fragment.partition(":~:")[0])
        if fragment in ("", "top"):
            return None
        if path not in self.pages:
            return "has a fragment, but leads to no page"
        if fragment not in self.pages[path].ids:
            return "leads to a page without that id"
        return None


def tell(name, wrong):
    """One TAP result: ok when nothing is wrong."""
    print(("not ok - " if wrong else "ok - ") + name)
    for line in wrong[:60]:
        print("# " + line)
    if len(wrong) > 60:
        print(f"# ... and {len(wrong) - 60} more")


def strings(value):
    """All texts in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def check_pages(site):
    broken, double, data, headings, count = [], [], [], [], 0
    for path, page in sorted(site.pages.items()):
        here = site.address(path)
        for line, link in page.links:
            count += 1
            problem = site.mistake(here, link)
            # an error page is served at addresses of any depth
            if problem is None and path in ("404.html", "not_found.html") and not re.match(r"[a-z]+:|/|#", link):
                problem = "is relative, on a page that is shown at any address"
            if problem:
                broken.append(f"{path}:{line}: {link} {problem}")
        double += [f"{path}: id '{i}' is there twice" for i in page.twice]
        if page.headings != 1 and page.refresh is None:
            headings.append(f"{path}: has {page.headings} h1")
        for line, text in page.ld:
            try:
                for text in strings(json.loads(text)):
                    count += 1
                    if text.startswith(site.base) and site.mistake(here, text) and "#" not in text:
                        data.append(f"{path}:{line}: {text} in JSON-LD leads to no file")
            except ValueError as error:
                data.append(f"{path}:{line}: JSON-LD is not JSON: {error}")
    tell(f"{count} addresses in {len(site.pages)} pages lead somewhere", broken)
    tell("no id is there twice in a page", double)
    tell("JSON-LD is JSON, and its addresses lead somewhere", data)
    tell("every page has one h1", headings)
    tell("every page names its own address as canonical",
         [f"{a}: canonical is {p.canonical}" for a, p in sorted(site.shown.items())
          if p.canonical is None or unquote(p.canonical) != a])


def check_files(site):
    wrong, mapped = [], set()
    for path in sorted(site.files):
        here = site.address(path)
        if path.endswith(".css"):
            links = re.findall(r"url\(\s*['\"]?([^'\")]+)", site.text(path))
        elif path.endswith("feed.xml"):
            links = [unescape(x) for x in re.findall(r'<link\b[^>]*\bhref="([^"]*)"', site.text(path))]
        elif path == "sitemap.xml":
            links = [unescape(x) for x in re.findall(r"<loc>([^<]*)</loc>", site.text(path))]
            mapped = {site.resolve(here, x) for x in links}
            wrong += [f"{path}: {x} is not in the site" for x in links if not x.startswith(site.base)]
        elif path == "robots.txt":
            links = re.findall(r"(?mi)^sitemap:\s*(\S+)", site.text(path))
        else:
            continue
        wrong += [f"{path}: {x} {m}" for x in links for m in [site.mistake(here, x)] if m]
    tell("stylesheets, feeds, sitemap and robots.txt lead somewhere", wrong)
    # what the sitemap has to list: all that is meant to be found, but for the further pages of a list
    wanted = {a for a in site.shown if not re.search(r"/page/\d+/$", a)}
    tell(f"the sitemap lists all {len(wanted)} pages, and nothing else",
         [a + " is missing in the sitemap" for a in sorted(wanted - mapped)] +
         [a + " is in the sitemap, but no page to be found" for a in sorted(mapped - set(site.shown))])


def unescape(text):
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def key(name):
    """Names are compared without case, spaces, hyphens, dots and apostrophes."""
    return re.sub(r"[\s\-‐‑–.·'’‘]", "", name).casefold() or name


def check_lists(site, lists):
    def load(what):
        with open(os.path.join(lists, what + ".json"), encoding="utf-8") as f:
            return json.load(f)

    def page_of(thing):
        return site.shown.get(inside(thing["url"]))

    def inside(url):
        return unquote(urljoin(site.base, url.lstrip("/")))

    def leads(page, address, where):
        return any(urldefrag(site.resolve(where, a))[0] == address for a in page)

    reviews, tracks, artists = load("reviews"), load("tracks"), load("artists")
    wrong = []
    for review in reviews:
        there, page = inside(review["url"]), page_of(review)
        if page is None:
            wrong.append(f"{review['url']}: has no page")
            continue
        for what in ("dramas", "artists", "tags"):
            for thing in review[what]:
                other, other_page = inside(thing["url"]), page_of(thing)
                if other_page is None:
                    wrong.append(f"{thing['url']}: has no page")
                    continue
                if not leads(page.anchors, other, there):
                    wrong.append(f"{review['url']}: does not link to {thing['url']}")
                if not leads(other_page.anchors, there, other):
                    wrong.append(f"{thing['url']}: does not link to {review['url']}")
    tell(f"{len(reviews)} reviews link to their dramas, artists and tags, and are linked from them",
         wrong if reviews else ["no review at all"])

    wrong, count = [], 0
    for track in tracks:
        for artist in track["artists"]:
            page, where = page_of(artist), inside(artist["url"])
            if page is None:
                wrong.append(f"{artist['url']}: has no page")
                continue
            count += 1
            # the row of the track names it and links to its drama; its page links to all that is written about it
            drama = inside(track["drama"]["url"])
            if not any(squeeze(track["title"]) in squeeze(row[0]) and leads(row[1], drama, where) for row in page.rows):
                wrong.append(f"{artist['url']}: no row with '{track['title']}' and its drama {track['drama']['name']}")
            wrong += [f"{artist['url']}: does not link to {w['url']}, which is about '{track['title']}'"
                      for w in track["writings"] if not leads(page.anchors, inside(w["url"]), where)]
    tell(f"the artists' pages list all {count} of their tracks", wrong if count else ["no track at all"])

    same = {}
    for artist in artists:
        same.setdefault(key(artist["name"]), set()).add(artist["url"])
    tell("Park Boram and Park Bo-ram are one artist",
         [] if len(same.get("parkboram", ())) == 1 else [f"their pages: {sorted(same.get('parkboram', ()))}"])
    return reviews


def squeeze(text):
    return " ".join(text.split())


def main():
    folder, base = sys.argv[1:3]
    site = Site(folder, base)
    check_pages(site)
    check_files(site)
    if len(sys.argv) > 3:
        check_lists(site, sys.argv[3])


if __name__ == "__main__":
    main()
