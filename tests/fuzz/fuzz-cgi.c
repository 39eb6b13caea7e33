/* fuzz-cgi.c - any environment as a request to search.cgi: a status that its own fault cannot give, and a page that is ours
 *
 * The input is lines NAME=VALUE up to an empty line, as an environment, then a body, which is fed through a pipe; its length is
 * CONTENT_LENGTH where the environment does not say. The index holds three articles, two of them full of markup.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/utf8.h"
#include "indexer/store/document.h"
#include "indexer/store/store.h"
#include "searcher/cgi/answer.h"
#include "searcher/cgi/body.h"
#include "searcher/cgi/params.h"
#include "searcher/cgi/serve.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[] = "/tmp/broadsheet-fuzz-XXXXXX";

static void
must(bool truth)
{
    if (!truth)
        abort();
}

/* ---- an index ---- */

static void
remove_folder(const char *path)
{
    DIR *dir = opendir(path);
    const struct dirent *entry;
    while (dir && (entry = readdir(dir)) != NULL) {
        char *inside;
        if (entry->d_name[0] == '.')
            continue;
        must(asprintf(&inside, "%s/%s", path, entry->d_name) > 0);
        if (unlink(inside) != 0)
            remove_folder(inside);
        free(inside);
    }
    if (dir)
        closedir(dir);
    rmdir(path);
}

static void
clean_up(void)
{
    remove_folder(folder);
}

static void
add(struct store *store, struct analysis *analysis, const char *json)
{
    struct article a;
    struct document d;
    bool replaced;
    article_init(&a);
    must(article_parse(&a, json, strlen(json), NULL) && article_identify(&a, "/archive/a.jsonl", NULL, NULL));
    must(document_pack(analysis, &a, &d, NULL) && store_put(store, &d, &replaced, NULL));
    document_release(&d);
    article_release(&a);
}

static void
make_index(void)
{
    const struct store_options options = {.dir = folder, .command = "fuzz-cgi", .memory = (size_t)1 << 20};
    struct store *store = NULL;
    struct analysis *analysis = NULL;
    must(mkdtemp(folder) != NULL);
    atexit(clean_up);
    must(store_open(&store, &options, NULL) && analysis_new(&analysis, NULL));
    add(store, analysis,
        "{\"id\":\"1\",\"title\":\"Ferry <script>a()</script>\",\"body\":\"The ferry & the \\\"harbour\\\" ' <b>\",\"language\":\"en\","
        "\"url\":\"javascript:a()\",\"published\":\"2023-10-13\",\"authors\":[\"<i>A</i>\"],\"captions\":[\"<img src=x>\"]}");
    add(store, analysis,
        "{\"id\":\"2\",\"title\":\"\\u4e39\\u4e1c \\u0641\",\"body\":\"\\u4e39\\u4e1c\\u53e3\\u5cb8\",\"language\":\"zh\",\"source\":\"</p>\"}");
    add(store, analysis, "{\"id\":\"3\",\"body\":\"ferry ferry\",\"published\":\"2020\",\"url\":\"https://example.org/\\\"><x>\"}");
    must(store_finish(store, NULL));
    store_free(store);
    analysis_free(analysis);
}

/* ---- what holds for every answer ---- */

/* Only elements that pages have, attributes in quotes, and no < or > anywhere else. */
static void
check_html(const char *p)
{
    static const char *const known[] = {"!DOCTYPE", "html", "head",    "meta",   "title", "link",    "style",  "body", "header",  "main",
                                        "form",     "div",  "label",   "input",  "button", "details", "summary", "select", "option", "p",
                                        "b",        "a",    "ol",      "li",     "h1",    "h2",      "mark",   "time", "bdi",     "nav",
                                        "span", "article",  "figure", "figcaption", "footer", "q", "code", NULL};
    while (*p) {
        must(*p != '>');
        if (*p++ != '<')
            continue;
        p += *p == '/';
        const size_t len = strcspn(p, " >");
        int i = 0;
        while (known[i] && !(strlen(known[i]) == len && strncmp(known[i], p, len) == 0))
            i++;
        must(known[i] != NULL);
        for (p += len; *p != '>'; p++) {
            must(*p && *p != '<' && *p != '\'');
            if (*p != '"')
                continue;
            const size_t inside = strcspn(p + 1, "\"<>");
            p += 1 + inside;
            must(*p == '"');
        }
        p++;
    }
}

static void
check(const struct answer *a)
{
    struct buf out;
    const char *body = a->body.data;
    must(a->status == 200 || a->status == 400 || a->status == 404 || a->status == 405 || a->status == 413);
    must(a->body.len == strlen(body) && utf8_valid(body, a->body.len) && !a->body.failed);
    must(!a->json || (body[0] == '{' && !strchr(body, '\x7f')));
    if (!a->json) {
        must(!strstr(body, "<style>") || strstr(body, "</style>"));
        const char *style = strstr(body, "</style>");
        check_html(style ? style : body);
        must(!strstr(body, "href=\"javascript"));
    }
    buf_init(&out, 2 * ANSWER_MAX);
    answer_print(&out, a, true);
    const char *end = strstr(out.data, "\n\n");
    must(end && strcmp(end + 2, body) == 0 && strncmp(out.data, "Status: ", 8) == 0);
    buf_release(&out);
}

static bool
wants_json(const char *query)
{
    struct buf format;
    buf_init(&format, BUF_MAX);
    params_first(&format, query, PARAM_FORMAT);
    const bool json = strcmp(format.data, "json") == 0;
    buf_release(&format);
    return json;
}

/* ---- the input ---- */

struct environment {
    char *method, *query, *length;
};

/* Takes one line of the environment. */
static void
take(struct environment *e, const char *line, size_t len)
{
    static const char *const names[] = {"REQUEST_METHOD=", "QUERY_STRING=", "CONTENT_LENGTH="};
    char **const places[] = {&e->method, &e->query, &e->length};
    for (size_t i = 0; i < 3; i++) {
        const size_t n = strlen(names[i]);
        if (len < n || memcmp(line, names[i], n) != 0 || *places[i])
            continue;
        char *text = calloc(len - n + 1, 1); /* strndup() of a line without an end worries ASan */
        must(text != NULL);
        memcpy(text, line + n, len - n);
        *places[i] = text;
    }
}

/* Returns where the body begins. */
static size_t
read_environment(struct environment *e, const char *text, size_t size)
{
    size_t at = 0;
    while (at < size) {
        const char *newline = memchr(text + at, '\n', size - at);
        const size_t len = newline ? (size_t)(newline - (text + at)) : size - at;
        take(e, text + at, len);
        at += len + 1;
        if (len == 0)
            break;
    }
    at = at < size ? at : size;
    if (!e->length && at < size)
        must(asprintf(&e->length, "%zu", size - at) > 0);
    return at;
}

/* No more is taken than there is, than is announced, and than may be announced. */
static void
feed(const char *body, size_t size, const char *length)
{
    int ends[2];
    char *end;
    must(pipe(ends) == 0);
    size = size <= BODY_MAX ? size : BODY_MAX; /* what a pipe holds */
    must(size == 0 || write(ends[1], body, size) == (ssize_t)size);
    close(ends[1]);
    const size_t taken = body_drop(ends[0], length, 1000);
    const unsigned long long announced = length ? strtoull(length, &end, 10) : 0;
    must(taken <= size && taken <= announced && (announced <= BODY_MAX || taken == 0));
    close(ends[0]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct site_index index[] = {{"", "The archive", folder}, {"birds", "<Birds>", folder}};
    static const struct site site = {.title = "A <title>", .index = index, .n_indexes = 2};
    static bool made;
    struct environment e = {NULL, NULL, NULL};
    struct err log = {.code = ERR_NONE};
    struct answer a;
    if (!made)
        make_index();
    made = true;
    const size_t at = read_environment(&e, (const char *)data, size);
    const struct cgi_request request = {e.method, e.query, e.length};
    serve(&a, &request, &site, &log);
    feed((const char *)data + at, size - at, e.length);
    check(&a);
    must(a.json == (e.query && wants_json(e.query)));
    buf_release(&a.body);
    serve_too_costly(&a, &request, &site);
    must(a.status == 400);
    check(&a);
    must(log.code == ERR_NONE);
    buf_release(&a.body);
    free(e.method);
    free(e.query);
    free(e.length);
    return 0;
}
