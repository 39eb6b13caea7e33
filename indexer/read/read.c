/* read.c - from a file to article records, whatever its format
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/read/read.h"

#include <string.h>
#include <strings.h>

#include "indexer/read/charset.h"
#include "indexer/read/input.h"
#include "indexer/read/json.h"
#include "indexer/read/text.h"

static const struct {
    const char *name;
    enum read_format format;
} formats[] = {{"auto", READ_AUTO}, {"text", READ_TEXT}, {"json", READ_JSON}, {"jsonl", READ_JSONL}};

static const struct {
    const char *end;
    enum read_format format;
} endings[] = {
    {".txt", READ_TEXT}, {".text", READ_TEXT}, {".json", READ_JSON}, {".jsonl", READ_JSONL}, {".ndjson", READ_JSONL},
};

static const char *const compressed[] = {".gz", ".zst", ".xz"};

bool
read_format_named(const char *name, enum read_format *format)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (strcmp(formats[i].name, name) == 0) {
            *format = formats[i].format;
            return true;
        }
    return false;
}

static bool
ends_in(const char *name, size_t len, const char *end)
{
    const size_t n = strlen(end);
    return len > n && strncasecmp(name + len - n, end, n) == 0;
}

static enum read_format
format_by_name(const char *name)
{
    size_t len = strlen(name);
    for (size_t i = 0; i < sizeof compressed / sizeof compressed[0]; i++)
        if (ends_in(name, len, compressed[i])) {
            len -= strlen(compressed[i]);
            break;
        }
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (ends_in(name, len, endings[i].end))
            return endings[i].format;
    return READ_AUTO;
}

bool
read_takes(const char *name)
{
    return name[0] != '.' && format_by_name(name) != READ_AUTO;
}

/* A file whose name says nothing: JSON begins with a bracket. */
static bool
format_by_start(struct input *in, enum read_format *format, struct err *err)
{
    const char *bytes;
    size_t len;
    if (!input_chunk(in, &bytes, &len, err))
        return false;
    size_t at = len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < len && strchr(" \t\r\n", bytes[at]) && bytes[at] != '\0')
        at++;
    *format = at < len && (bytes[at] == '{' || bytes[at] == '[') ? READ_JSON : READ_TEXT;
    input_unread(in, len);
    return true;
}

/* decoded: the encoding that the input made UTF-8 of, or NULL. */
static bool
read_text_file(struct input *in, const char *decoded, size_t article_max, const struct read_sink *sink, struct err *err)
{
    struct buf text;
    struct article a;
    struct err why = {.code = ERR_NONE};
    buf_init(&text, article_max);
    article_init(&a);
    bool ok = true;
    char charset[32];
    const bool whole = input_all(in, &text, &why);
    if (!whole || !charset_to_utf8(&text, charset, &why) || !text_read(text.data, text.len, &a, &why)) {
        if (why.code == ERR_NOMEM || (!whole && why.code != ERR_ARG))
            ok = err_set(err, why.code, "%s", why.msg);
        else if (!whole || text.len == 0)
            ok = read_tell_unread(sink, whole ? ERR_SYNTAX : ERR_ARG, NULL, why.msg, err);
        else
            ok = sink->refused(sink->arg, NULL, why.msg, err);
    } else {
        const char *name = charset[0] != '\0' ? charset : decoded;
        ok = (!name || article_remark(&a, err, "not UTF-8, read as %s", name)) &&
             sink->article(sink->arg, &a, NULL, err);
    }
    article_release(&a);
    buf_release(&text);
    return ok;
}

/* A failure of the input is the file's; one of the sink is everybody's. */
struct watched {
    const struct read_sink *sink;
    bool sink_failed;
};

static bool
watch_article(void *arg, struct article *a, const char *member, struct err *err)
{
    struct watched *w = arg;
    w->sink_failed = !w->sink->article(w->sink->arg, a, member, err);
    return !w->sink_failed;
}

static bool
watch_refused(void *arg, const char *member, const char *why, struct err *err)
{
    struct watched *w = arg;
    w->sink_failed = !w->sink->refused(w->sink->arg, member, why, err);
    return !w->sink_failed;
}

static bool
watch_unread(void *arg, enum err_code code, const char *member, const char *why, struct err *err)
{
    struct watched *w = arg;
    w->sink_failed = !read_tell_unread(w->sink, code, member, why, err);
    return !w->sink_failed;
}

bool
read_tell_unread(const struct read_sink *sink, enum err_code code, const char *member, const char *why,
                 struct err *err)
{
    return sink->unread ? sink->unread(sink->arg, code, member, why, err)
                        : sink->refused(sink->arg, member, why, err);
}

bool
read_file(const char *path, const struct read_options *options, const struct read_sink *sink,
          uint64_t content[2], struct err *err)
{
    const size_t max = options->article_max ? options->article_max : ARTICLE_MAX;
    enum read_format format = options->format;
    struct watched watched = {.sink = sink};
    const struct read_sink watcher = {&watched, watch_article, watch_refused, watch_unread};
    struct err why = {.code = ERR_NONE};
    struct input *in = NULL;
    const char *decoded = NULL;
    if (format == READ_AUTO)
        format = format_by_name(path);
    bool ok = input_open(&in, path, &why);
    if (ok && options->eaten)
        input_watch(in, options->eaten);
    if (ok)
        input_stop(in, options->stop);
    ok = ok && input_decode(in, &decoded, &why);
    if (ok && format == READ_AUTO)
        ok = format_by_start(in, &format, &why);
    if (ok && format == READ_TEXT)
        ok = read_text_file(in, decoded, max, &watcher, &why);
    else if (ok && format == READ_JSONL)
        ok = json_read_lines(in, max, &watcher, &why);
    else if (ok)
        ok = json_read_values(in, max, &watcher, &why);
    if (content && (!in || !input_content(in, content)))
        content[0] = content[1] = 0;
    input_close(in);
    if (ok)
        return true;
    if (watched.sink_failed || why.code == ERR_NOMEM || why.code == ERR_LOCKED) {
        if (err)
            *err = why;
        return false;
    }
    return read_tell_unread(sink, why.code == ERR_IO ? ERR_IO : ERR_SYNTAX, NULL, why.msg, err);
}

bool
read_content(const char *path, const atomic_int *stop, uint64_t content[2])
{
    struct input *in = NULL;
    bool ok = input_open_raw(&in, path, NULL);
    if (ok)
        input_stop(in, stop);
    ok = ok && input_skip(in) && input_content(in, content);
    input_close(in);
    return ok;
}
