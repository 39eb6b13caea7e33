/* names.c - which words of an article may be names, for finding them in other scripts
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/names.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uchar.h>

#include <unicode/uchar.h>
#include <xxhash.h>

#include "common/fold.h"
#include "common/simplified.h"
#include "common/sound.h"
#include "common/utf8.h"

#define LIST_MAX ((size_t)1 << 28)

/* Names given out lately, by their hash. */
#define KNOWN ((size_t)1 << 14)

/* Shorter headlines are not judged by their capitals. */
#define HEADLINE_WORDS 5

/* The characters that Chinese writes foreign names with. */
static const char16_t foreign[] =
    u"阿埃艾爱安昂奥巴白拜班邦保鲍贝本比彼边宾波伯勃博布查察达代戴丹道得德登邓狄迪蒂丁东杜多顿厄恩"
    u"尔法凡范菲费芬丰弗福夫富盖甘冈高戈哥格葛根贡古瓜"
    u"圭哈海汉豪赫黑亨洪胡华怀霍基吉季加贾简杰金津京喀卡开坎康考柯科克肯孔库夸奎昆拉莱赖兰朗劳勒雷"
    u"黎里利莉丽立连莲廉良列林琳龙隆卢鲁伦罗洛吕马玛迈"
    u"麦曼芒毛梅门蒙米密敏明摩莫墨默姆穆拿纳娜乃奈南内尼妮年宁纽农努诺欧帕派潘庞佩彭皮平珀普其奇齐"
    u"恰钱乔切钦琼丘热仁日荣茹儒瑞若撒萨塞赛森桑色沙莎"
    u"山尚绍舍申圣施什史士寿舒斯丝思松苏索塔泰坦汤唐陶特腾提廷通图托瓦万旺威韦维魏文翁沃乌吾武西希"
    u"锡悉夏香肖谢辛欣匈休雪逊雅亚扬尧耶叶伊依易因英尤"
    u"约扎泽曾詹章珍芝治兹佐朱卓";

/* No word of the dictionary began in the run. */
#define NOWHERE SIZE_MAX

#define HAN_FIRST 0x4e00
#define HAN_LAST 0x9fff

struct names {
    const char *text;
    enum names_of what;
    enum sound_script run; /* of characters; SOUND_NONE: there is none */
    size_t run_from, run_to;
    size_t run_first,
        run_word;   /* where the first and the last word of the dictionary began in it */
    bool run_words; /* it has words of several characters, and may be no name but a row of words */
    size_t words, capitals;
    size_t last_to;   /* end of the last word, if it had a capital; 0: it had none */
    struct buf last;  /* that word */
    size_t text_from; /* where the names of this text begin in the list */
    struct buf names;
    struct buf folded, plain; /* scratch */
    unsigned scripts;
    uint64_t known[KNOWN];
    unsigned char foreign[(HAN_LAST - HAN_FIRST) / 8 + 1]; /* a bit for each that is one of those */
};

static void
mark_foreign(struct names *n)
{
    for (const char16_t *c = foreign; *c; c++)
        n->foreign[(*c - HAN_FIRST) / 8] |= (unsigned char)(1U << ((*c - HAN_FIRST) & 7));
}

static bool
writes_foreign_names(const struct names *n, uint32_t c)
{
    return c >= HAN_FIRST && c <= HAN_LAST &&
           n->foreign[(c - HAN_FIRST) / 8] & 1U << ((c - HAN_FIRST) & 7);
}

bool
names_new(struct names **out, struct err *err)
{
    struct names *n = calloc(1, sizeof *n);
    *out = n;
    if (!n)
        return err_nomem(err);
    mark_foreign(n);
    buf_init(&n->names, LIST_MAX);
    buf_init(&n->folded, 65536);
    buf_init(&n->last, 65536);
    buf_init(&n->plain, 65536);
    return true;
}

void
names_free(struct names *n)
{
    if (!n)
        return;
    buf_release(&n->names);
    buf_release(&n->folded);
    buf_release(&n->last);
    buf_release(&n->plain);
    free(n);
}

void
names_article(struct names *n)
{
    buf_clear(&n->names);
    n->scripts = 0;
}

void
names_start(struct names *n, const char *text, enum names_of what)
{
    n->text = text;
    n->what = what;
    n->run = SOUND_NONE;
    n->run_from = n->run_to = 0;
    n->words = n->capitals = n->last_to = 0;
    n->text_from = n->names.len;
}

static void
add(struct names *n, const char *name, size_t len)
{
    if (len < 3 || len > NAME_MAX_BYTES)
        return;
    buf_add(&n->names, name, len);
    buf_ch(&n->names, '\n');
}

/* ---- words ---- */

static bool
has_capitals(enum sound_script script)
{
    return script >= SOUND_LATIN && script <= SOUND_ARMENIAN;
}

static void
take_word(struct names *n, const struct word *word)
{
    size_t at = word->from, in = 0;
    const unsigned char first = (unsigned char)n->text[at];
    const bool joined =
        n->last_to > 0 && word->from == n->last_to + 1 && n->text[n->last_to] == '-';
    n->last_to = 0;
    if (joined && word->term_len <= NAME_MAX_BYTES) { /* Jong-un is one name, whatever Jong is */
        buf_ch(&n->last, '-');
        buf_add(&n->last, word->term, word->term_len);
        add(n, n->last.data, n->last.len);
    }
    if (word->term_len >= 4)
        n->words++;
    if (first >= 'a' && first <= 'z') { /* most words */
        n->scripts |= 1U << SOUND_LATIN;
        return;
    }
    const enum sound_script script = sound_script_of(utf8_next(word->term, word->term_len, &in));
    n->scripts |= script == SOUND_NONE ? 0 : 1U << script;
    if (script == SOUND_NONE)
        return;
    if (has_capitals(script)) {
        const UChar32 c = (UChar32)utf8_next(n->text, word->to, &at);
        if (!u_isupper(c))
            return;
        n->last_to = word->to;
        buf_clear(&n->last);
        buf_add(&n->last, word->term, word->term_len);
        if (word->term_len >= 4)
            n->capitals++;
        if (word->begins_sentence && n->what != NAMES_LIST)
            return;
    }
    add(n, word->term, word->term_len);
}

/* ---- runs of characters ---- */

/* What kind of run the character goes on with. */
static enum sound_script
run_of(const struct names *n, const struct word *word, uint32_t c)
{
    if (word->kind == WORD_HANGUL)
        return SOUND_HANGUL;
    if ((c >= 0x30a1 && c <= 0x30fc) || (c >= 0xff66 && c <= 0xff9d))
        return SOUND_KANA;
    return writes_foreign_names(n, simplified(c)) ? SOUND_HAN : SOUND_NONE;
}

static size_t
count_characters(const char *text, size_t len)
{
    size_t n = 0;
    for (size_t at = 0; at < len; n++)
        utf8_next(text, len, &at);
    return n;
}

size_t
names_without_particle(const char *word, size_t len)
{
    static const char *const particles[] = {
        "으로부터", "에서는", "에서도", "에게서", "로부터", "이라고", "라고는", "이라는",
        "까지",     "부터",   "에서",   "에게",   "으로",   "처럼",   "보다",   "라고",
        "라는",     "에는",   "에도",   "와의",   "과의",   "로서",   "께서",   "하고",
        "이며",     "이다",   "은",     "는",     "이",     "가",     "을",     "를",
        "의",       "에",     "와",     "과",     "로",     "도",     "만",     "씨",
    };
    for (size_t i = 0; i < sizeof particles / sizeof particles[0]; i++) {
        const size_t n = strlen(particles[i]);
        if (len >= n + 6 && memcmp(word + len - n, particles[i], n) == 0) /* two syllables stay */
            return len - n;
    }
    return len;
}

static bool
begins_with_surname(const char *word)
{
    static const char surnames[] = "김이박최정강조윤장임한오서신권황안송전홍문양손배백허유남심노하"
                                   "곽성차주우구나민진지엄채원천방공현변추";
    for (size_t i = 0; i + 3 < sizeof surnames; i += 3)
        if (memcmp(surnames + i, word, 3) == 0)
            return true;
    return false;
}

/* A word, as it is without its particle; of what looks like a full name both, and the part behind
 * the surname. */
static void
take_korean(struct names *n, const char *word, size_t len)
{
    const size_t bare = names_without_particle(word, len), syllables = bare / 3;
    if (syllables < 2 || syllables > 8 || (syllables > 2 && memcmp(word + bare - 3, "다", 3) == 0))
        return;
    add(n, word, bare);
    const size_t full = len == 9 ? len : bare;
    if (full != 9 || !begins_with_surname(word))
        return;
    if (full != bare)
        add(n, word, full);
    add(n, word + 3, full - 3);
}

static bool
end_run(struct names *n, struct err *err)
{
    const enum sound_script run = n->run;
    if (run == SOUND_NONE) /* run_from may be of a text before this one */
        return true;
    n->run = SOUND_NONE;
    if (run == SOUND_HAN && n->run_words &&
        n->run_first > n->run_from) /* it began in the midst of a word */
        n->run_from = n->run_first;
    const size_t len = n->run_to - n->run_from,
                 characters = count_characters(n->text + n->run_from, len);
    if (characters < 2 || len > 300 || (run == SOUND_HAN && (characters < 3 || characters > 8)))
        return true;
    buf_clear(&n->folded);
    buf_clear(&n->plain);
    if (!fold_case(&n->folded, n->text + n->run_from, len, err) ||
        !fold_marks(&n->plain, n->folded.data, n->folded.len, err))
        return false;
    if (run == SOUND_HANGUL)
        take_korean(n, n->plain.data, n->plain.len);
    else
        add(n, n->plain.data, n->plain.len);
    return true;
}

/* A character that is in the midst of a word. Where names are not written with it the run ends:
 * behind the word before, if there are words in it (of "ordinary Europe" the first three characters
 * are no name); else a name may touch a word by chance. Where the run is the beginning of this word
 * alone, the word is the name: Arizona. */
static enum sound_script
in_word(struct names *n, enum sound_script run)
{
    if (run == SOUND_HAN)
        return run;
    if (n->run_first == n->run_from && n->run_word == n->run_from &&
        count_characters(n->text + n->run_from, n->run_to - n->run_from) >= 3)
        return SOUND_HAN;
    if (n->run_words)
        n->run_to = n->run_word;
    return run;
}

static void
go_on(struct names *n, const struct word *word)
{
    n->run_to = word->to;
    if (word->begins_word) {
        n->run_word = word->from;
        n->run_first = n->run_first != NOWHERE ? n->run_first : word->from;
    } else if (n->run_first != NOWHERE) {
        n->run_words = true;
    }
}

static bool
take_character(struct names *n, const struct word *word, struct err *err)
{
    size_t at = word->from;
    const uint32_t c = utf8_next(n->text, word->to, &at);
    size_t in = 0;
    const enum sound_script script = sound_script_of(utf8_next(word->term, word->term_len, &in));
    enum sound_script run = run_of(n, word, c);
    n->scripts |= script == SOUND_NONE ? 0 : 1U << script;
    if (n->run == SOUND_HAN && word->kind == WORD_HAN && word->from == n->run_to &&
        !word->begins_word)
        run = in_word(n, run);
    if (run == n->run && word->from == n->run_to && !(run == SOUND_HANGUL && word->begins_word)) {
        go_on(n, word);
        return true;
    }
    if (!end_run(n, err))
        return false;
    n->run = run;
    n->run_from = n->run_word = word->from;
    n->run_to = word->to;
    n->run_first = word->begins_word ? word->from : NOWHERE;
    n->run_words = false;
    return true;
}

bool
names_word(struct names *n, const struct word *word, struct err *err)
{
    if (word->kind == WORD_HAN || word->kind == WORD_HANGUL)
        return take_character(n, word, err);
    if (!end_run(n, err))
        return false;
    if (word->kind == WORD_SPACED && word->term_len > 0)
        take_word(n, word);
    return true;
}

/* ---- the list ---- */

/* Leaves out what was given out lately. */
static void
leave_known_out(struct names *n)
{
    char *to = n->names.data + n->text_from;
    const char *from = to, *end = n->names.data + n->names.len;
    while (from < end) {
        const size_t len =
            (size_t)((const char *)memchr(from, '\n', (size_t)(end - from)) - from) + 1;
        const uint64_t hash = XXH3_64bits(from, len);
        uint64_t *slot = &n->known[hash & (KNOWN - 1)];
        if (*slot != hash) {
            memmove(to, from, len);
            to += len;
        }
        *slot = hash;
        from += len;
    }
    buf_truncate(&n->names, (size_t)(to - n->names.data));
}

bool
names_end(struct names *n, struct err *err)
{
    if (!end_run(n, err) || !buf_ok(&n->names, "the names", err))
        return false;
    if (n->what == NAMES_HEADLINE && n->words >= HEADLINE_WORDS && 5 * n->capitals > 3 * n->words)
        buf_truncate(&n->names, n->text_from);
    if (n->names.len > n->text_from)
        leave_known_out(n);
    return true;
}

const struct buf *
names_list(const struct names *n)
{
    return &n->names;
}

unsigned
names_scripts(const struct names *n)
{
    return n->scripts;
}
