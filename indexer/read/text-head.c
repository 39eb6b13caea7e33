/* text-head.c - the title of a plain text and what stands between it and the body
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/read/text-reader.h"

#include <string.h>

#include "common/utf8.h"

/* How many paragraphs belong to the head at most, and how far below the title it may be repeated.
 */
#define HEAD_MAX 16
#define REPEAT_MAX 8

/* In columns: a title is shorter, a title that is cut from prose, a deck. */
#define TITLE_COLUMNS 250
#define TITLE_CUT 200
#define DECK_COLUMNS 400

/* How far into prose its first sentence is looked for, in bytes. */
#define SENTENCE_MAX 800

/* ---- title ---- */

/* A paragraph of an article rather than its title. */
static bool
is_prose(struct text_span s, size_t columns)
{
    struct text_dateline d;
    if (columns > TITLE_COLUMNS)
        return true;
    if (columns < PROSE_COLUMNS)
        return false;
    const bool ends = text_ends_sentence(s);
    return (ends && columns > 140) || (ends && text_sentence(s, s.len) < s.len) ||
           (columns > 120 && text_dateline(s, &d));
}

/* A title made from prose: its first sentence without the dateline, cut between words where it is
 * long. */
static void
set_title_from(struct text_reader *r, struct text_span s)
{
    struct text_dateline d;
    if (text_dateline(s, &d))
        s = text_from(s, d.end);
    const size_t sentence = text_sentence(s, SENTENCE_MAX);
    if (sentence != TEXT_NONE)
        s = text_first(s, sentence);
    size_t columns = 0, word = 0, at = 0;
    while (at < s.len && columns <= TITLE_CUT) {
        const size_t from = at;
        const uint32_t c = utf8_next(s.at, s.len, &at);
        if (utf8_is_space(c) || text_is_unspaced(c))
            word = from;
        columns += utf8_columns(s.at + from, at - from);
        if (at - word > TITLE_CUT * 4 || columns > TITLE_CUT)
            at = columns > TITLE_CUT || at == s.len ? from : at;
        if (at == from)
            break;
    }
    if (at >= s.len) {
        text_set(r, ARTICLE_TITLE, s);
        return;
    }
    struct buf cut;
    buf_init(&cut, 8192);
    buf_add(&cut, s.at, word > at / 2 ? word : at);
    buf_str(&cut, "…");
    if (buf_ok(&cut, "the title", r->err))
        text_set(r, ARTICLE_TITLE, (struct text_span){cut.data, cut.len});
    else
        r->failed = true;
    buf_release(&cut);
}

/* The paragraph that is the title: the first that is no date, byline or furniture, if there is such
 * a one near. */
static size_t
find_title(struct text_reader *r)
{
    for (size_t i = 0; i < r->layout.n && i < 6; i++) {
        struct text_label label;
        const enum text_mark mark = text_look(r, i, TEXT_HEAD);
        if (mark == TEXT_MARK_LABEL && text_label(text_at(r, i), &label) &&
            label.field == ARTICLE_TITLE && label.kind == TEXT_LABEL_FIELD)
            return i;
        if (mark != TEXT_MARK_NONE)
            continue;
        return i > 0 && is_prose(text_at(r, i), text_para_at(r, i)->columns) ? 0 : i;
    }
    return 0;
}

/* "OPINION" above the title. */
static bool
is_section(struct text_span s)
{
    static const char *const sections[] = {
        "opinion", "editorial", "world", "world news", "news", "politics", "business", "sports",
        "sport", "technology", "science", "health", "culture", "entertainment", "lifestyle",
        "travel", "analysis", "commentary", "us news", "u.s. news", "local news", "international",
        "national", "economy", "environment", "arts", "politik", "wirtschaft", "kultur", "meinung",
        "politique", "monde", "société", "économie", "política", "economía", "internacional", "мир",
        "политика", "экономика", "общество", "国际", "國際", "社会", "经济", "政治", "国際", "経済",
        NULL};
    return text_is_any(s, sections);
}

/* The last part of "Home > World > Asia", empty when it is no such line. */
static struct text_span
last_crumb(struct text_span s)
{
    static const char *const marks[] = {" > ", " › ", " » ", " / ", NULL};
    static const char *const homes[] = {
        "home", "news", "start", "startseite", "accueil", "inicio", "início", "главная", "首页",
        "首頁", "ホーム", "홈", NULL};
    struct text_span last = {s.at, 0};
    for (size_t i = 0; s.len <= 160 && text_begins_any(s, homes) > 0 && marks[i]; i++)
        for (size_t at = 0; (at = text_find(s, at, marks[i])) != TEXT_NONE; at++)
            if (at + 3 < s.len)
                last = text_trim(text_from(s, at + text_begins(text_from(s, at), marks[i])));
    return last;
}

/* Sets the title and returns the first paragraph behind it. */
size_t
text_read_title(struct text_reader *r)
{
    size_t i = find_title(r);
    if (i + 1 < r->layout.n && is_section(text_at(r, i)) &&
        text_look(r, i + 1, TEXT_HEAD) == TEXT_MARK_NONE &&
        !is_prose(text_at(r, i + 1), text_para_at(r, i + 1)->columns)) {
        text_set_once(r, ARTICLE_SECTION, text_at(r, i));
        text_use(r, i++);
    } else if (i + 1 < r->layout.n && last_crumb(text_at(r, i)).len > 0 &&
               text_look(r, i + 1, TEXT_HEAD) == TEXT_MARK_NONE) {
        text_set_once(r, ARTICLE_SECTION, last_crumb(text_at(r, i)));
        text_use(r, i++);
    }
    for (size_t k = 0; k < i; k++)
        if (text_para_at(r, k)->role != TEXT_USED)
            text_apply(r, k);
    if (text_para_at(r, i)->mark == TEXT_MARK_LABEL) {
        text_apply(r, i);
    } else if (is_prose(text_at(r, i), text_para_at(r, i)->columns)) {
        set_title_from(r, text_at(r, i));
        return i;
    } else {
        text_set(r, ARTICLE_TITLE, text_at(r, i));
        text_use(r, i);
    }
    return i + 1;
}

/* ---- head ---- */

static bool
repeats_title(const struct text_reader *r, size_t i)
{
    const char *title = article_get(r->a, ARTICLE_TITLE);
    return text_same(text_at(r, i), (struct text_span){title, strlen(title)});
}

/* Whatever stands between a title and its repetition is the deck, as long as that is short. */
static size_t
read_repeated(struct text_reader *r, size_t from)
{
    size_t repeat = from, texts = 0;
    while (repeat < r->layout.n && repeat < from + REPEAT_MAX && !repeats_title(r, repeat)) {
        if (text_look(r, repeat, TEXT_HEAD) == TEXT_MARK_NONE)
            texts += text_para_at(r, repeat)->columns > DECK_COLUMNS ? 4 : 1;
        repeat++;
    }
    if (repeat >= r->layout.n || repeat >= from + REPEAT_MAX || texts > 3)
        return from;
    struct buf deck;
    buf_init(&deck, BUF_MAX);
    for (size_t i = from; i < repeat; i++) {
        if (text_para_at(r, i)->mark != TEXT_MARK_NONE) {
            text_apply(r, i);
            continue;
        }
        if (deck.len > 0)
            buf_ch(&deck, ' ');
        buf_add(&deck, text_at(r, i).at, text_at(r, i).len);
        text_use(r, i);
    }
    text_use(r, repeat);
    if (!buf_ok(&deck, "the deck", r->err))
        r->failed = true;
    else if (deck.len > 0)
        text_set_once(r, ARTICLE_DECK, (struct text_span){deck.data, deck.len});
    buf_release(&deck);
    return repeat + 1;
}

/* A name alone ("Jane Doe", "Jane Doe in Leeds") is a byline where a date follows, or a role, and
 * there is no other. */
static bool
is_bare_byline(const struct text_reader *r, size_t i)
{
    struct text_span list = text_at(r, i), name;
    if (i + 1 >= r->layout.n || text_para_at(r, i)->columns > 50 || is_section(list) ||
        text_is_paper(list))
        return false;
    const size_t in = text_find(list, 0, " in ");
    if (in != TEXT_NONE && text_is_name(text_from(list, in + 4), 1, 4))
        list = text_first(list, in);
    if (!text_next_name(&list, &name) || list.len > 0 || !text_is_name(name, 2, 4))
        return false;
    struct text_dates dates;
    return (text_dates(text_at(r, i + 1), &dates) && (dates.published[0] || dates.updated[0])) ||
           (!text_para_at(r, i + 1)->apart && text_is_role(text_at(r, i + 1)));
}

/* A caption whose credit stands on the next line. */
static bool
is_caption_before_credit(const struct text_reader *r, size_t i)
{
    return i + 1 < r->layout.n && !text_para_at(r, i + 1)->apart &&
           text_para_at(r, i)->columns <= 300 &&
           text_mark(text_at(r, i + 1), text_para_at(r, i + 1)->columns, TEXT_HEAD) ==
               TEXT_MARK_CREDIT;
}

static void
add_caption_pair(struct text_reader *r, size_t i)
{
    struct buf both;
    buf_init(&both, BUF_MAX);
    buf_printf(&both, "%.*s %.*s", (int)text_at(r, i).len, text_at(r, i).at,
               (int)text_at(r, i + 1).len, text_at(r, i + 1).at);
    if (buf_ok(&both, "a caption", r->err))
        text_add(r, ARTICLE_CAPTION, (struct text_span){both.data, both.len});
    else
        r->failed = true;
    buf_release(&both);
    text_use(r, i);
    text_use(r, i + 1);
}

/* Texts without a mark that may stand between the title and the last mark of the head. */
#define TEXTS_MAX 3

/* What a head is made of. */
struct head {
    size_t text[TEXTS_MAX]; /* paragraphs without a mark: the deck, or already the body */
    size_t texts;
    size_t before; /* how many of them stand before the last byline or date */
    size_t end;    /* the first paragraph that was not looked at */
    bool byline, prose;
};

/* The mark of a paragraph in the head: by itself, or by its neighbours. */
static enum text_mark
head_mark(const struct text_reader *r, size_t i, size_t from, bool byline)
{
    const struct text_para *p = text_para_at(r, i);
    const enum text_mark mark = text_look(r, i, TEXT_HEAD);
    if (mark != TEXT_MARK_NONE)
        return mark;
    if (!byline && is_bare_byline(r, i))
        return TEXT_MARK_BYLINE;
    if (is_caption_before_credit(r, i) && p->columns < PROSE_COLUMNS * 2)
        return TEXT_MARK_CAPTION;
    const enum text_mark last =
        i > from ? (enum text_mark)text_para_at(r, i - 1)->mark : TEXT_MARK_NONE;
    if (i > from && text_begins(text_at(r, i - 1), "image caption") + 1 >= text_at(r, i - 1).len)
        return TEXT_MARK_CAPTION;
    if (last == TEXT_MARK_BYLINE && p->columns <= 60 && text_is_role(text_at(r, i)))
        return TEXT_MARK_AUTHOR;
    if (p->columns <= 60 && text_is_paper(text_at(r, i)) && i + 1 < r->layout.n &&
        (last == TEXT_MARK_BYLINE || text_mark(text_at(r, i + 1), text_para_at(r, i + 1)->columns,
                                               TEXT_HEAD) == TEXT_MARK_DATE))
        return TEXT_MARK_AUTHOR;
    return TEXT_MARK_NONE;
}

static void
scan_head(const struct text_reader *r, size_t from, struct head *h)
{
    struct text_dateline d;
    *h = (struct head){.texts = 0};
    for (h->end = from; h->end < r->layout.n && h->end < from + HEAD_MAX; h->end++) {
        struct text_para *p = text_para_at(r, h->end);
        const enum text_mark mark = head_mark(r, h->end, from, h->byline);
        p->mark = (uint8_t)mark;
        h->byline |= mark == TEXT_MARK_BYLINE;
        if (mark == TEXT_MARK_BYLINE || mark == TEXT_MARK_DATE)
            h->before = h->texts;
        if (mark != TEXT_MARK_NONE)
            continue;
        const bool prose = p->columns >= PROSE_COLUMNS && text_ends_sentence(text_at(r, h->end));
        if (h->texts == TEXTS_MAX || p->columns > DECK_COLUMNS || (prose && h->prose) ||
            text_dateline(text_at(r, h->end), &d))
            return;
        h->prose |= prose;
        h->text[h->texts++] = h->end;
    }
}

/* Is there more text behind the head than in it? Else what looks like a deck is all there is. */
static bool
outweighed(const struct text_reader *r, const struct head *h)
{
    size_t before = 0, behind = 0;
    for (size_t i = 0; i < h->texts; i++)
        *(i < h->before ? &before : &behind) += text_para_at(r, h->text[i])->columns;
    for (size_t i = h->end; i < r->layout.n && i < h->end + HEAD_MAX; i++)
        if (text_mark(text_at(r, i), text_para_at(r, i)->columns, TEXT_TAIL) == TEXT_MARK_NONE)
            behind += text_para_at(r, i)->columns;
    return behind > before;
}

/* How many of the texts are the deck: those that stand together before a byline or a date, or
 * before a paragraph with a dateline. */
static size_t
count_deck(const struct text_reader *r, const struct head *h)
{
    struct text_dateline d;
    if (h->texts == 0)
        return 0;
    if (h->before == 0)
        return h->texts == 1 && h->end < r->layout.n && h->text[0] + 1 == h->end &&
               text_para_at(r, h->text[0])->columns <= 300 && text_dateline(text_at(r, h->end), &d);
    size_t n = 1;
    while (n < h->before && h->text[n] == h->text[n - 1] + 1)
        n++;
    return outweighed(r, h) ? n : 0;
}

/* Sets one value from several paragraphs, as the deck or, where there is a deck, as a caption. */
static void
take_texts(struct text_reader *r, const size_t *text, size_t n)
{
    struct buf all;
    buf_init(&all, BUF_MAX);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_ch(&all, ' ');
        buf_add(&all, text_at(r, text[i]).at, text_at(r, text[i]).len);
        text_use(r, text[i]);
    }
    const struct text_span s = {all.data, all.len};
    if (!buf_ok(&all, "the deck", r->err))
        r->failed = true;
    else if (r->a->field[ARTICLE_DECK])
        text_add(r, ARTICLE_CAPTION, s);
    else
        text_set(r, ARTICLE_DECK, s);
    buf_release(&all);
}

/* What stands below a byline: "For The Weekly", "BBC News". */
static void
set_employer(struct text_reader *r, struct text_span s)
{
    text_set_once(r, ARTICLE_SOURCE, text_role_source(s));
    if (text_is_paper(s))
        text_set_once(r, ARTICLE_SOURCE, s);
}

/* Applies the marks of [from, to). */
static void
apply_head(struct text_reader *r, size_t from, size_t to)
{
    struct text_span names;
    for (size_t i = from; i < to && !r->failed; i++) {
        const enum text_mark mark = (enum text_mark)text_para_at(r, i)->mark;
        if (text_para_at(r, i)->role == TEXT_USED || mark == TEXT_MARK_NONE)
            continue;
        if (mark == TEXT_MARK_CAPTION && i + 1 < to && is_caption_before_credit(r, i) &&
            text_look(r, i, TEXT_HEAD) == TEXT_MARK_NONE) {
            add_caption_pair(r, i++);
            continue;
        }
        if (mark == TEXT_MARK_AUTHOR)
            set_employer(r, text_at(r, i));
        if (mark == TEXT_MARK_BYLINE && !text_byline(text_at(r, i), &names)) {
            text_add_authors(r, text_at(r, i));
            text_use(r, i);
            continue;
        }
        text_apply(r, i);
    }
}

void
text_read_head(struct text_reader *r, size_t from)
{
    from = read_repeated(r, from);
    struct head h;
    scan_head(r, from, &h);
    const size_t deck = count_deck(r, &h);
    /* below a repeated title, and on the line before the date, a picture is described */
    const bool known = r->a->field[ARTICLE_DECK] != NULL;
    const bool caption =
        known && deck == 1 && h.before == 1 && !text_para_at(r, h.text[0] + 1)->apart;
    size_t taken = deck;
    if (deck > 0 && (!known || caption))
        take_texts(r, h.text, deck);
    else
        taken = 0;
    if (taken > 0 && taken < h.before)
        taken = h.before; /* the others stay, but the head ends behind them */
    r->start = from;
    r->first = taken < h.texts ? h.text[taken] : h.end;
    apply_head(r, from, r->first);
}
