/* serve.c - from a request to its answer
 *
 * What the index or the system say of themselves, with names of files, goes to the log; what is
 * said of the request goes to whoever made it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/cgi/serve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "common/utf8.h"
#include "searcher/cgi/body.h"
#include "searcher/cgi/page.h"
#include "searcher/present/present.h"

/* Every member of a record but where its file lies on the server. */
#define PUBLIC_FIELDS                                                                        \
    "rank,score,uid,id,url,member,title,deck,author,contributor,published,updated,dateline," \
    "source,section,language,"                                                               \
    "tags,caption,snippet"

struct service {
    struct answer *answer;
    struct page page;
    struct ask ask;
    struct holdings holdings;
    struct session *session;
    struct err *log;
};

static void
refuse_json(struct service *s, const char *message)
{
    json_t *whole = json_pack("{s:s,s:i,s:s}", "schema", "broadsheet.error/1", "status",
                              s->answer->status, "error", message);
    char *text = whole ? json_dumps(whole, JSON_INDENT(1)) : NULL;
    buf_str(&s->answer->body, text ? text : "{}");
    buf_ch(&s->answer->body, '\n');
    free(text);
    json_decref(whole);
}

/* Instead of whatever was written so far. */
static void
refuse(struct service *s, int status, const char *message)
{
    struct err err = {.code = ERR_NONE};
    s->answer->status = status;
    buf_clear(&s->answer->body);
    if (s->answer->json)
        refuse_json(s, message);
    else if (!page_error(&s->answer->body, &s->page, status, message, &err))
        buf_clear(&s->answer->body); /* a status without a page: memory is out */
}

/* What the program could not do. */
static void
fail(struct service *s, const struct err *err)
{
    switch (err->code) {
    case ERR_ARG:
    case ERR_SYNTAX:
        refuse(s, 400, err->msg);
        return;
    case ERR_NOTFOUND:
    case ERR_LOCKED:
    case ERR_MODIFIED:
    case ERR_NOMEM:
        refuse(s, 503, "the archive cannot be searched just now; please try again in a minute");
        break;
    default:
        refuse(s, 500,
               "the archive cannot be searched; whoever looks after this site finds the reason in "
               "the server's log");
        break;
    }
    *s->log = *err;
}

/* An error of this program, or one that the index met: not the request's fault, whatever its code.
 */
static bool
not_their_fault(struct err *err)
{
    if (err->code == ERR_ARG || err->code == ERR_SYNTAX)
        err->code = ERR_BUG;
    return false;
}

/* Was the id made of the path, for want of another? An id has lost white space that a path keeps
 * (article_identify()). */
static bool
is_made_of_path(const char *id, const char *path)
{
    struct buf as_id;
    buf_init(&as_id, 2 * ARTICLE_MAX);
    utf8_squeeze(&as_id, path, strlen(path));
    const bool made = as_id.failed || (as_id.len > 0 && strncmp(id, as_id.data, as_id.len) == 0);
    buf_release(&as_id);
    return made;
}

/* Takes away where the file of an article lies on the server, unless the site shows it. */
static bool
hide_path(const struct service *s, struct article *a, struct err *err)
{
    const char *path = article_get(a, ARTICLE_PATH), *id = article_get(a, ARTICLE_ID),
               *uid = article_get(a, ARTICLE_UID);
    if (s->page.site->show_paths)
        return true;
    if (*path && is_made_of_path(id, path) && !article_set(a, ARTICLE_ID, uid, strlen(uid), err))
        return false;
    free(a->field[ARTICLE_PATH]);
    free(a->field[ARTICLE_PATH_BYTES]);
    a->field[ARTICLE_PATH] = a->field[ARTICLE_PATH_BYTES] = NULL;
    return true;
}

static bool
search(struct service *s, struct err *err)
{
    struct present_fields fields = {.n = 0};
    struct result result;
    struct buf *body = &s->answer->body;
    if (!search_run(s->session, &s->ask.request, &result, err))
        return false;
    if (result.no_such_article) {
        result_release(&result);
        refuse(s, 404, "there is no article of that id");
        return true;
    }
    struct article like;
    article_init(&like);
    bool found = false, ok = s->page.site->show_paths || fields_parse(&fields, PUBLIC_FIELDS, err);
    for (size_t i = 0; ok && i < result.n_hits; i++)
        ok = hide_path(s, &result.hit[i].article, err);
    if (ok && s->answer->json) {
        present_json(body, &result, &fields);
        ok = buf_ok(body, "the answer", err);
    } else if (ok) {
        if (s->ask.request.similar &&
            search_show(s->session, s->ask.request.similar, &found, &like, NULL) && found)
            s->page.like = &like;
        ok = page_search(body, &s->page, &result, err) || not_their_fault(err);
    }
    s->page.like = NULL;
    article_release(&like);
    result_release(&result);
    return ok;
}

static bool
show(struct service *s, const char *uid, struct err *err)
{
    struct article article;
    struct buf *body = &s->answer->body;
    struct highlight marks = {.n_paragraphs = 0};
    bool found = false, ok;
    article_init(&article);
    ok = !ask_is_uid(uid) || search_show(s->session, uid, &found, &article, err);
    if (ok && !found) {
        refuse(s, 404, "there is no article of that id");
    } else if (ok) {
        ok = hide_path(s, &article, err);
        if (ok && s->answer->json) {
            article_print(&article, body);
            buf_ch(body, '\n');
            ok = buf_ok(body, "the answer", err);
        } else if (ok) {
            ok =
                highlight_make(&marks, s->session, &s->ask.request, &article, PAGE_TEXT_MAX, err) &&
                page_article(body, &s->page, &article, &marks, err);
            highlight_release(&marks);
        }
    }
    article_release(&article);
    return ok || not_their_fault(err);
}

static bool
open_index(struct service *s, struct err *err)
{
    if (!session_new(&s->session, s->ask.index->dir, err) ||
        !holdings_list(s->session, &s->holdings, err))
        return not_their_fault(err);
    s->page.holdings = &s->holdings;
    return true;
}

static void
answer_ask(struct service *s, const char *query)
{
    struct err err = {.code = ERR_NONE};
    const bool readable = ask_read(&s->ask, query, s->page.site, &err);
    s->page.ask = &s->ask;
    if (!readable && err.code == ERR_NOTFOUND) {
        refuse(s, 404, err.msg);
        return;
    }
    if (!readable) {
        fail(s, &err);
        return;
    }
    if (!open_index(s, &err)) {
        fail(s, &err);
        return;
    }
    const char *uid = params_get(&s->ask.params, PARAM_ID);
    bool ok;
    if (*uid)
        ok = show(s, uid, &err);
    else if (s->ask.request.query_len > 0 || s->ask.request.similar || s->answer->json)
        ok = search(s, &err);
    else
        ok = page_search(&s->answer->body, &s->page, NULL, &err);
    if (!ok)
        fail(s, &err);
}

/* Is the length that a body is announced with one that can be? *too_long: it is, but over our
 * limit. */
static bool
check_length(const char *text, bool *too_long)
{
    const size_t len = strlen(text);
    *too_long = false;
    if (text[strspn(text, "0123456789")] != '\0')
        return false;
    text += strspn(text, "0");
    *too_long = len > 0 && (strlen(text) > 9 || strtoul(text, NULL, 10) > BODY_MAX);
    return true;
}

static void
answer_request(struct service *s, const struct cgi_request *r)
{
    const char *method = r->method ? r->method : "GET";
    bool too_long;
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        refuse(s, 405, "pages are asked for with GET or HEAD");
    else if (!check_length(r->content_length ? r->content_length : "", &too_long))
        refuse(s, 400, "the length of the request is no number");
    else if (too_long)
        refuse(s, 413, "a question has no body");
    else
        answer_ask(s, r->query ? r->query : "");
}

/* Does it want JSON? Known before anything is refused: errors are told so too. */
static bool
wants_json(const struct cgi_request *r)
{
    struct buf format;
    buf_init(&format, (size_t)1 << 20);
    params_first(&format, r->query ? r->query : "", PARAM_FORMAT);
    const bool json = strcmp(format.data, "json") == 0;
    buf_release(&format);
    return json;
}

static struct service
begin(struct answer *a, const struct cgi_request *r, const struct site *site, struct err *log)
{
    static const struct site nothing = {.title = "Search"};
    const struct service s = {.answer = a, .page = {.site = site ? site : &nothing}, .log = log};
    *a = (struct answer){
        .status = 200, .json = wants_json(r), .style_sheet = s.page.site->style_sheet};
    buf_init(&a->body, ANSWER_MAX);
    return s;
}

void
serve_too_costly(struct answer *a, const struct cgi_request *r, const struct site *site)
{
    char message[80];
    struct service s = begin(a, r, site, NULL);
    snprintf(message, sizeof message,
             "this takes more than %d seconds of the processor's time: please ask for less",
             SERVE_SECONDS_MAX);
    refuse(&s, 400, message);
}

void
serve(struct answer *a, const struct cgi_request *r, const struct site *site, struct err *log)
{
    struct service s = begin(a, r, site, log);
    if (site)
        answer_request(&s, r);
    else
        refuse(&s, 500,
               "the archive cannot be searched; whoever looks after this site finds the reason in "
               "the server's log");
    session_free(s.session);
    holdings_release(&s.holdings);
    ask_release(&s.ask);
}
