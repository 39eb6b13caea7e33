/* text-mark.h - what a single paragraph of a plain text looks like, whatever stands around it
 *
 * For the files text*.c alone. Nothing here changes an article; text.c decides what to believe.
 * All spans point into the span given. Long paragraphs cost no more than short ones.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_READ_TEXT_MARK_H
#define BS_INDEXER_READ_TEXT_MARK_H

#include <stdbool.h>
#include <stddef.h>

#include "common/article.h"
#include "common/date.h"
#include "common/err.h"
#include "indexer/read/text-span.h"

/* Where in the text: "Share" is a button at both ends and may be a heading in between. */
enum text_where { TEXT_HEAD, TEXT_MIDDLE, TEXT_TAIL };

enum text_mark {
    TEXT_MARK_NONE, /* text, as far as can be seen */
    TEXT_MARK_FURNITURE,
    TEXT_MARK_DATE,   /* text_dates() */
    TEXT_MARK_LABEL,  /* "Label: value", text_label() */
    TEXT_MARK_BYLINE, /* text_byline() */
    TEXT_MARK_CAPTION,
    TEXT_MARK_CREDIT,      /* a credit that belongs to a caption before it, perhaps */
    TEXT_MARK_TAGS,        /* "Related Topics": what follows is a list of tags */
    TEXT_MARK_RELATED,     /* "Related Stories": what follows is about other articles */
    TEXT_MARK_AUTHOR,      /* "Author", beside a name */
    TEXT_MARK_CONTRIBUTOR, /* text_contributors() */
    TEXT_MARK_COPYRIGHT    /* text_copyright() */
};

enum text_mark text_mark(struct text_span s, size_t columns, enum text_where where);

/* text-date.c: a line that is nothing but dates with their labels, times, "3 min read" and the
 * like. */
struct text_dates {
    char published[DATE_MAX], updated[DATE_MAX]; /* "": not there */
    struct text_span source; /* in "The Courier, April 2, 2024"; empty: not there */
    struct text_span place;  /* "New Delhi, April 2, 2024", with the date; empty: not there */
    bool labelled;           /* it is not left to the reader what kind of date it is */
    bool open_published, open_updated; /* ends with a label: the date may follow on the next line */
};
bool text_dates(struct text_span s, struct text_dates *dates);

/* "The Eastgate Courier", "BBC News", 新华网: a newspaper rather than a person. */
bool text_is_paper(struct text_span s);

/* The earliest label of a date that begins a word at or after `from`, TEXT_NONE: none. */
size_t text_dates_label(struct text_span s, size_t from);

/* text-label.c: "Source: Northline"; tags are TEXT_LABEL_TAGS. */
enum text_label_kind { TEXT_LABEL_NONE, TEXT_LABEL_FIELD, TEXT_LABEL_TAGS };
struct text_label {
    enum text_label_kind kind;
    enum article_field field;
    struct text_span value; /* not empty */
};
bool text_label(struct text_span s, struct text_label *label);

/* Cuts the next tag off a list ("tea, coffee; milk"), false: none left. */
bool text_next_tag(struct text_span *list, struct text_span *tag);

/* "Related Topics" alone. */
bool text_is_tags_header(struct text_span s);

/* Bytes up to the value behind a label of so many bytes and a colon, 0: there is none. */
size_t text_label_value(struct text_span s, size_t label);

/* Is a year of the last or this century in it? */
bool text_names_year(struct text_span s);

bool text_is_copyright(struct text_span s, enum text_where where);

/* The holder named in a copyright line, empty when there is none. */
struct text_span text_copyright(struct text_span s);

/* text-caption.c: TEXT_MARK_CAPTION, TEXT_MARK_CREDIT or TEXT_MARK_NONE. */
enum text_mark text_caption(struct text_span s, size_t columns, enum text_where where);

/* text-name.c: people. */

/* Does it look like a name of so many words: capitals, no digits, no punctuation? */
bool text_is_name(struct text_span s, size_t least, size_t most);

/* "Staff Writer", "Associated Press Writer", "For The Weekly": what stands under or behind a name.
 */
bool text_is_role(struct text_span s);

/* A single word that may stand in small letters in such a line or in a name ("writers", "van"). */
bool text_is_role_word(struct text_span word);

/* The source that such a line names, empty when there is none. */
struct text_span text_role_source(struct text_span s);

/* "By Jane Doe and John Roe, Staff Writers": *names is what follows "By" (or all, for "Jane Doe
 * reporter"). */
bool text_byline(struct text_span s, struct text_span *names);

/* text-thanks.c: "A, B and C contributed to this report." and "(Reporting by A; Editing by B)":
 * calls `take` for each list of names. False: it is no such line; *ok is what `take` returned. take
 * NULL: only ask.
 */
typedef bool text_names_fn(void *arg, struct text_span names);
bool text_contributors(struct text_span s, text_names_fn *take, void *arg, bool *ok);

/* The place in "台北報導", empty when it is no such part of a byline. */
struct text_span text_filed_from(struct text_span s);

/* "Reuters": a news agency rather than a person. */
bool text_is_agency(struct text_span s);

/* Cuts the next name off a list of names, without roles and places; false: none left. */
bool text_next_name(struct text_span *list, struct text_span *name);

/* text-place.c: "SEOUL, Oct. 13 (Reuters) - " at the start of a paragraph. */
struct text_dateline {
    struct text_span place;  /* with the date: "SEOUL, Oct. 13"; empty: only the agency is named */
    struct text_span agency; /* empty: none */
    struct text_span names;  /* "By Jane Doe LONDON (Reuters) - ": who; empty: nobody */
    size_t end;              /* bytes of the paragraph that it takes, with the dash and blanks */
};
bool text_dateline(struct text_span s, struct text_dateline *d);

#endif
