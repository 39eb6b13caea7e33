/* text-name.c - the people in bylines and in the lines that thank for help
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <string.h>

#include "common/utf8.h"
#include "indexer/read/text-mark.h"

/* Bylines and names are no longer than this, in bytes. */
#define BYLINE_MAX 240
#define NAME_MAX_BYTES 120
#define CONTRIBUTORS_MAX 500

static const char *const particles[] = {
    "de", "del", "della", "di", "da", "dos", "das", "do", "du", "des", "van", "von", "der", "den",
    "ter", "ten", "bin", "bint", "ibn", "al", "el", "la", "le", "zu", "zur", "af", "av", "abu",
    "dal", "y", "e", NULL};

/* Lower-case words that may stand in a byline beside the name ("Northline staff"). */
static const char *const staff[] = {
    "staff", "writer", "writers", "reporter", "reporters", "correspondent", "correspondents",
    "editor", "editors", "desk", "newsroom", "bureau", "team", "redaktion", "rédaction",
    "redacción", "redação", "agencies", NULL};

static const char *const roles[] = {
    "writer", "writers", "reporter", "reporters", "correspondent", "correspondents", "editor",
    "editors", "staff", "columnist", "journalist", "journalists", "analyst", "bureau",
    "contributor", "producer", "photographer", "chief", "critic", "freelance", "special", "intern",
    "desk", "team", "redakteur", "redakteurin", "korrespondent", "korrespondentin", "journaliste",
    "correspondant", "correspondante", "periodista", "corresponsal", "redactor", "redactora",
    "repórter", "jornalista", "giornalista", "корреспондент", "журналист", "обозреватель", "記者",
    "记者", "기자", "특파원", "مراسل", NULL};

static const char *const agencies[] = {
    "reuters", "associated press", "the associated press", "ap", "afp", "agence france-presse",
    "upi", "dpa", "epd", "kna", "apa", "efe", "ansa", "xinhua", "tass", "interfax", "bloomberg",
    "bloomberg news", "kyodo", "kyodo news", "yonhap", "cnn", "bbc", "bbc news", "npr", "pti",
    "ani", "ians", "anadolu", "northline", NULL};

/* What a byline begins with. */
static const char *const by[] = {
    "by", "written by", "words by", "text by", "story by", "reported by", "report by", "set by",
    "posted by", "interview by", "review by", "analysis by", "opinion by", "compiled by", "von",
    "par", "por", "door", "av", "af", "od", "przez", "oleh", "της", "του", "των", "беседовал",
    "беседовала", "записал", "записала", "подготовил", "подготовила", "מאת", "بقلم", "โดย", "द्वारा",
    NULL};

/* The same, only with a colon or a slash behind. */
static const char *const by_colon[] = {
    "author", "authors", "autor", "autorin", "autoren", "auteur", "auteurs", "autore", "autores",
    "byline", "from", "by", "reporter", "writer", "journalist", "text", "texte", "texto", "testo",
    "tekst", "автор", "авторы", "текст", "автори", "作者", "文", "撰文", "取材", "記者", "记者",
    "执笔", "글", "기자", "كتب", "كتبت", "الكاتب", "كاتب", "مراسل", "إعداد", "מאת", "כתב", "เรื่อง",
    "ผู้เขียน", "संवाददाता", "लेखक", "लेखिका", "σύνταξη", "yazan", "penulis", "tác giả", NULL};

/* A line that begins so is a byline as it stands: the reporter has no name. */
static const char *const nameless[] = {"مراسل", "ผู้สื่อข่าว", "본지", NULL};

static size_t
letters_of(struct text_span s, size_t *upper, size_t *unspaced)
{
    size_t letters = 0;
    *upper = *unspaced = 0;
    for (size_t at = 0; at < s.len;) {
        const uint32_t c = utf8_next(s.at, s.len, &at);
        letters += text_is_letter(c);
        *upper += text_is_upper(c);
        *unspaced += text_is_unspaced(c);
    }
    return letters;
}

/* One word of a name: Jane, O'Neill, Byoung-sam, J.R., 周昱廷 (which counts as two). */
static size_t
name_word(struct text_span word)
{
    if (text_is_any(word, particles))
        return 1;
    const uint32_t first = text_first_char(word);
    if (!text_is_letter(first) || text_is_lower(first))
        return 0;
    for (size_t at = 0; at < word.len;) {
        const uint32_t c = utf8_next(word.at, word.len, &at);
        if (!text_is_letter(c) && c != '\'' && c != 0x2019 && c != '-' && c != '.' && c != 0x2010 &&
            c != 0x2011 && c != 0xb7 && c != 0x30fb && c != 0x200c && c != 0x200d)
            return 0;
    }
    size_t upper, unspaced;
    const size_t letters = letters_of(word, &upper, &unspaced);
    if (word.at[word.len - 1] == '.' && letters > 3)
        return 0;
    return unspaced > 0 ? 2 : 1;
}

bool
text_is_name(struct text_span s, size_t least, size_t most)
{
    s = text_trim(s);
    if (s.len == 0 || s.len > NAME_MAX_BYTES)
        return false;
    size_t words = 0, real = 0, at = 0;
    for (;;) {
        const struct text_span word = text_word(s, &at);
        if (word.len == 0)
            break;
        const size_t counts = name_word(word);
        if (counts == 0)
            return false;
        words += counts;
        real += !text_is_any(word, particles);
    }
    size_t upper, unspaced;
    letters_of(s, &upper, &unspaced);
    if (unspaced > 0 && utf8_columns(s.at, s.len) > 30)
        return false;
    return real > 0 && words >= least && words <= most;
}

static bool
has_word_of(struct text_span s, const char *const table[])
{
    for (size_t at = 0; at < s.len;)
        if (text_is_any(text_word(s, &at), table))
            return true;
    return false;
}

bool
text_is_role_word(struct text_span word)
{
    return text_is_any(word, roles) || text_is_any(word, particles);
}

bool
text_is_role(struct text_span s)
{
    s = text_trim(s);
    if (s.len == 0 || s.len > 100 || text_is_lower(text_first_char(s)) || text_ends_sentence(s))
        return false;
    if (text_role_source(s).len > 0)
        return true;
    for (size_t at = 0; at < s.len;) {
        const struct text_span word = text_word(s, &at);
        static const char *const small[] = {"in", "at", "for", "of", "the", "to", "and", "&", NULL};
        if (text_is_lower(text_first_char(word)) && !text_is_any(word, small) &&
            !text_is_any(word, roles) && !text_is_any(word, particles))
            return false;
    }
    return has_word_of(s, roles) || text_is_any(s, agencies);
}

struct text_span
text_role_source(struct text_span s)
{
    static const char *const leads[] = {"for", "special to", "special for", "exclusive to", NULL};
    const struct text_span none = {s.at, 0};
    const size_t lead = text_begins_any(s, leads);
    const struct text_span rest = text_trim(text_from(s, lead));
    if (lead > 0 && rest.len > 0 && text_is_name(rest, 2, 7))
        return rest;
    if (text_is_any(s, agencies))
        return s;
    for (size_t i = 0; agencies[i]; i++) {
        const size_t n = text_begins_word(s, agencies[i]);
        if (n > 0 && has_word_of(text_from(s, n), roles))
            return text_first(s, n);
    }
    return none;
}

static bool
is_colon(uint32_t c)
{
    return c == ':' || c == 0xff1a || c == '/' || c == 0xff0f;
}

/* A list that begins with something that can be a name. */
static bool
begins_with_name(struct text_span s)
{
    struct text_span list = s, name;
    if (text_ends_sentence(s) && text_sentence(s, s.len) < s.len)
        return false;
    if (!text_next_name(&list, &name))
        name = s;
    if (text_is_name(name, 2, 7) || text_is_any(name, agencies))
        return true;
    /* one word: JANE, or a script without capitals */
    size_t upper, unspaced;
    const size_t letters = letters_of(name, &upper, &unspaced);
    if (text_is_name(name, 1, 1))
        return letters >= 3 && (upper == letters || (upper == 0 && letters < 20));
    /* Northline staff */
    size_t at = 0;
    const struct text_span first = text_word(name, &at);
    if (!text_is_name(first, 1, 2))
        return false;
    while (at < name.len) {
        const struct text_span word = text_word(name, &at);
        if (word.len > 0 && !text_is_any(word, staff) && name_word(word) == 0)
            return false;
    }
    return true;
}

/* 本报记者 田雨禾, 記者周昱廷／台北報導, 江岸日报记者 孟晓棠 */
static bool
han_byline(struct text_span s, struct text_span *names)
{
    const struct text_span start = text_first(s, 36);
    size_t at = text_find(start, 0, "记者");
    if (at == TEXT_NONE)
        at = text_find(start, 0, "記者");
    if (at == TEXT_NONE || s.len > 120 || text_ends_sentence(s))
        return false;
    for (size_t i = 0; i < at;)
        if (!text_is_unspaced(utf8_next(s.at, s.len, &i)) ||
            text_find(text_first(s, at), 0, "，") < at)
            return false;
    struct text_span rest = text_trim(text_from(s, at + 6));
    if (rest.len > 0 && is_colon(text_first_char(rest)))
        return false;
    *names = rest;
    return text_find(rest, 0, "，") == TEXT_NONE && begins_with_name(rest);
}

/* 이도현 기자 */
static bool
hangul_byline(struct text_span s, struct text_span *names)
{
    static const char *const after[] = {"기자", "특파원", "논설위원", "선임기자", NULL};
    size_t at = 0;
    const struct text_span name = text_word(s, &at);
    const struct text_span role = text_word(s, &at);
    if (s.len > 80 || !text_is_name(name, 1, 1) || !text_is_any(role, after))
        return false;
    const struct text_span mail = text_word(s, &at);
    if (mail.len > 0 && !memchr(mail.at, '@', mail.len))
        return false;
    *names = name;
    return true;
}

bool
text_byline(struct text_span s, struct text_span *names)
{
    s = text_trim(s);
    const uint32_t dash = text_first_char(s);
    if (dash == 0x2014 || dash == 0x2013) /* "— Jane Doe" signs off */
        s = text_trim(text_from(s, 3));
    if (s.len == 0 || s.len > BYLINE_MAX)
        return false;
    *names = s;
    if (hangul_byline(s, names) || han_byline(s, names))
        return true;
    if (text_begins_any(s, nameless) > 0 && s.len < 100 && !text_ends_sentence(s) &&
        text_find(s, 0, ":") == TEXT_NONE)
        return true;
    const size_t plain = text_begins_any(s, by), colon = text_begins_any(s, by_colon);
    const struct text_span rest = text_trim(text_from(s, colon));
    if (colon > 0 && rest.len > 0 && is_colon(text_first_char(rest))) {
        size_t next = 0;
        utf8_next(rest.at, rest.len, &next);
        *names = text_trim(text_from(rest, next));
        return begins_with_name(*names);
    }
    struct text_dateline d;
    if (plain == 0 || (text_dateline(s, &d) && d.place.len > 0))
        return false;
    *names = text_trim(text_from(s, plain));
    if (!begins_with_name(*names))
        return false;
    /* in small letters it rather goes on with something */
    return !text_is_lower(text_first_char(s)) || text_is_name(*names, 2, 5);
}

/* Where the list's next name ends and the rest begins. */
static size_t
name_end(struct text_span s, size_t *next)
{
    static const char *const words[] = {
        " and ", " & ", " und ", " et ", " och ", " og ", " with ", " и ", " και ", " ve ", " dan ",
        " และ ", NULL};
    static const char *const marks[] = {
        ",", ";", "、", "，", "／", "|", "؛", "،", " - ", " – ", " — ", "·", "•", NULL};
    /* y and e are also part of names; as a conjunction they stand between two names of two words */
    static const char *const weak[] = {" y ", " e ", " en ", NULL};
    for (size_t at = 1; at < s.len; at++) {
        if (((unsigned char)s.at[at] & 0xc0) == 0x80)
            continue;
        const struct text_span rest = text_from(s, at);
        size_t n = 0;
        for (size_t i = 0; n == 0 && words[i]; i++)
            n = text_begins(rest, words[i]);
        for (size_t i = 0; n == 0 && marks[i]; i++)
            n = text_begins(rest, marks[i]);
        for (size_t i = 0; n == 0 && weak[i]; i++)
            if ((n = text_begins(rest, weak[i])) > 0 &&
                (text_find(rest, n, weak[i]) != TEXT_NONE ||
                 !text_is_name(text_first(s, at), 2, 7) || !text_is_name(text_from(rest, n), 2, 9)))
                n = 0;
        if (n > 0) {
            *next = at + n;
            return at;
        }
    }
    *next = s.len;
    return s.len;
}

/* A place or an employer behind the name, an address, a date: "Jane Doe in Seoul", "Jane Doe for
 * The Weekly". */
static struct text_span
bare_name(struct text_span s)
{
    static const char *const cuts[] = {
        " in ", " for ", " at ", " from ", " reporting ", " (", " @", " <", " à ", " en ", NULL};
    for (size_t i = 0; cuts[i]; i++) {
        const size_t at = text_find(s, 0, cuts[i]);
        if (at != TEXT_NONE && at > 0 && text_is_name(text_first(s, at), 1, 7))
            s = text_first(s, at);
    }
    const size_t label = text_dates_label(s, 0);
    if (label != TEXT_NONE && label > 0)
        s = text_first(s, label);
    size_t from;
    char iso[DATE_MAX];
    if (date_find(s.at, s.len, &from, NULL, iso) && from > 0)
        s = text_first(s, from);
    return text_trim(s);
}

/* "Associated Press writers Jane Doe": the name is what stands behind the role. */
static struct text_span
after_role(struct text_span s)
{
    for (size_t at = 0; at < s.len;) {
        const struct text_span word = text_word(s, &at);
        const struct text_span rest = bare_name(text_trim(text_from(s, at)));
        if (text_is_any(word, roles) && text_is_name(rest, 2, 6))
            return rest;
        const size_t own = word.len > 2 && text_ends(word, "'s") ? 1 : 0;
        if (own && text_is_name(rest, 2, 6) && !has_word_of(rest, roles))
            return rest;
    }
    return s;
}

struct text_span
text_filed_from(struct text_span s)
{
    static const char *const words[] = {"報導", "报道", "報道", "综合报道", "綜合報導", NULL};
    for (size_t i = 0; words[i]; i++)
        if (text_ends(s, words[i]) && s.len > strlen(words[i]))
            return text_first(s, s.len - strlen(words[i]));
    return (struct text_span){s.at, 0};
}

/* "Jane Doe in Cardiff, Wales, and ...": takes the region off the list. */
static void
skip_region(struct text_span *list)
{
    size_t next;
    const size_t end = name_end(*list, &next);
    const struct text_span region = text_trim(text_first(*list, end));
    if (list->len > 0 && list->at[-1] == ',' && text_is_name(region, 1, 1) &&
        !text_is_agency(region))
        *list = text_from(*list, next);
}

bool
text_next_name(struct text_span *list, struct text_span *name)
{
    static const char *const leads[] = {"and", "by", "with", "und", "et", "also", NULL};
    while ((*list = text_trim(*list)).len > 0) {
        size_t next;
        struct text_span part = text_trim(text_first(*list, name_end(*list, &next)));
        *list = text_from(*list, next);
        if (text_find(part, 0, " in ") != TEXT_NONE)
            skip_region(list);
        part = text_trim(text_from(part, text_begins_any(part, leads)));
        part = bare_name(after_role(part));
        char iso[DATE_MAX];
        if (part.len == 0 || date_parse(part.at, part.len, iso, NULL) ||
            text_filed_from(part).len > 0 || (text_is_role(part) && !text_is_any(part, agencies)))
            continue;
        *name = part;
        return true;
    }
    return false;
}

bool
text_is_agency(struct text_span s)
{
    return text_is_any(s, agencies);
}
