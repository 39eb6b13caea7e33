#!/usr/bin/python3 -I
# search.py - a search page in Python, from the JSON that broadsheet-searcher prints
#
# A CGI script to start from; standard library only. What people type goes to the searcher as one argument behind --, without
# a shell; everything that is printed goes through escape(). What the searcher complains of goes to standard error, the server's
# log.
#
# SPDX-License-Identifier: GPL-2.0-or-later
import html
import json
import os
import re
import resource
import signal
import subprocess
import sys
import urllib.parse

SEARCHER = os.environ.get("BROADSHEET_SEARCHER", "broadsheet-searcher")
SECONDS = int(os.environ.get("BROADSHEET_SECONDS", "10"))
LONGEST = 16384
LARGEST_BODY = 65536
HEADERS = """\
Content-Type: text/html; charset=utf-8
Content-Security-Policy: default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
X-Content-Type-Options: nosniff
Referrer-Policy: no-referrer
Cache-Control: no-store
"""
PAGE = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Search</title></head>
<body><form method="get"><input name="q" aria-label="Words to look for" dir="auto" value="{query}"> <button>Search</button></form>
{content}</body></html>
"""
# C0, C1, and what turns the direction of text
CONTROLS = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def escape(text):
    """Text, or the value of an attribute, as HTML."""
    return html.escape(CONTROLS.sub("", text), quote=True)


def answer(status, content, query=""):
    """Prints the whole answer, and ends. content: HTML."""
    out = "Status: " + status + "\n" + HEADERS
    if status.startswith("405"):
        out += "Allow: GET, HEAD\n"
    out += "\n"
    if os.environ.get("REQUEST_METHOD", "GET") != "HEAD":
        out += PAGE.format(query=escape(query), content=content)
    sys.stdout.buffer.write(out.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    sys.exit(0)


def passage(snippet):
    """A passage with its matches marked. Offsets are bytes of UTF-8."""
    data, at, parts = snippet["text"].encode(), 0, []
    for begin, end in snippet["marks"]:
        parts += [escape(data[at:begin].decode()), "<mark>", escape(data[begin:end].decode()), "</mark>"]
        at = end
    return "".join(parts) + escape(data[at:].decode())


def hit(found):
    title = escape(found.get("title", "(no headline)"))
    # only addresses that are nothing but addresses become links
    if re.fullmatch(r"https?://[^\s\"'<>]+", found.get("url", ""), re.IGNORECASE):
        title = f'<a href="{escape(found["url"])}">{title}</a>'
    facts = ", ".join(escape(found[name]) for name in ("published", "source") if name in found)
    passages = " &hellip; ".join(passage(snippet) for snippet in found["snippets"])
    return f'<li dir="auto"><b>{title}</b> {facts}<br>{passages}</li>\n'


def drop_body(length):
    """A body that nobody takes may cost the client the answer; nobody waits for one that does not come."""
    def late(number, frame):
        raise TimeoutError

    signal.signal(signal.SIGALRM, late)
    signal.alarm(2)
    try:
        sys.stdin.buffer.read(length)
    except TimeoutError:
        pass
    signal.alarm(0)


def limit_time():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))


def main():
    length = os.environ.get("CONTENT_LENGTH", "") or "0"
    if not (length.isascii() and length.isdigit()):
        answer("400 Bad Request", "<p>The length of the request is no number.</p>")
    wanted = 1_000_000 if len(length) > 6 else int(length)
    if wanted > 0:
        drop_body(wanted)
    if wanted > LARGEST_BODY:
        answer("413 Content Too Large", "<p>A question has no body.</p>")
    if os.environ.get("REQUEST_METHOD", "GET") not in ("GET", "HEAD"):
        answer("405 Method Not Allowed", "<p>Questions are asked with GET.</p>")
    question = os.fsencode(os.environ.get("QUERY_STRING", "")).decode("utf-8", "replace")
    if len(question) > LONGEST:
        answer("400 Bad Request", "<p>The question is too long.</p>")
    values = urllib.parse.parse_qs(question, errors="replace").get("q", [""])
    query = re.sub("[\0-\x1f\x7f]", " ", values[0]).strip()
    if not query:
        answer("200 OK", "")
    command = [SEARCHER, "--format=json", "--limit=10", "--", query]
    environment = dict(os.environ, PATH="/usr/local/bin:/usr/bin:/bin")
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=environment,
                          preexec_fn=limit_time, check=False)
    if done.returncode in (0, 1):
        hits = "".join(hit(found) for found in json.loads(done.stdout)["hits"])
        answer("200 OK", f"<ol>{hits}</ol>\n" if hits else "<p>Nothing found.</p>\n", query)
    if done.returncode == 64:
        answer("400 Bad Request", "<p>This question is too long, or too complicated.</p>", query)
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        answer("400 Bad Request", f"<p>This takes more than {SECONDS} seconds of the processor's time. Please ask for less.</p>", query)
    if done.returncode == 66:
        answer("503 Service Unavailable", "<p>There is no index at the moment.</p>", query)
    print(f"search.py: {SEARCHER} ended with {done.returncode}", file=sys.stderr)
    answer("500 Internal Server Error", "<p>The search does not work.</p>", query)


main()
