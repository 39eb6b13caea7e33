/* stopwords.c - words that say nothing about what is looked for
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/stopwords.h"

#include <stdlib.h>
#include <string.h>

/* Sorted by bytes: bsearch looks here. */
static const char *const english[] = {
    "a",       "about",   "above",   "after",   "again",   "against", "all",     "also",    "although", "am",
    "among",   "an",      "and",     "any",     "are",     "aren't",  "as",      "at",      "be",       "because",
    "been",    "before",  "being",   "below",   "between", "both",    "but",     "by",      "can",      "can't",
    "cannot",  "could",   "did",     "didn't",  "do",      "does",    "doesn't", "doing",   "don't",    "down",
    "during",  "each",    "either",  "etc",     "ever",    "every",   "few",     "for",     "from",     "further",
    "had",     "has",     "have",    "having",  "he",      "her",     "here",    "hers",    "herself",  "him",
    "himself", "his",     "how",     "however", "i",       "if",      "in",      "into",    "is",       "isn't",
    "it",      "its",     "itself",  "just",    "let",     "may",     "me",      "might",   "more",     "most",
    "much",    "must",    "my",      "myself",  "neither", "no",      "nor",     "not",     "of",       "off",
    "on",      "once",    "only",    "or",      "other",   "our",     "ours",    "ourselves", "out",    "over",
    "own",     "per",     "rather",  "same",    "shall",   "she",     "should",  "since",   "so",       "some",
    "such",    "than",    "that",    "the",     "their",   "theirs",  "them",    "themselves", "then",  "there",
    "these",   "they",    "this",    "those",   "though",  "through", "thus",    "to",      "too",      "under",
    "unless",  "until",   "up",      "upon",    "very",    "via",     "was",     "wasn't",  "we",       "were",
    "weren't", "what",    "when",    "where",   "whether", "which",   "while",   "who",     "whom",     "whose",
    "why",     "will",    "with",    "within",  "without", "won't",   "would",   "yet",     "you",      "your",
    "yours",   "yourself",
};

static int
compare(const void *key, const void *item)
{
    return strcmp(key, *(const char *const *)item);
}

bool
stopwords_has(const char *language, const char *term, size_t len)
{
    char word[16];
    if (len >= sizeof word || (language && strncmp(language, "en", 2) != 0))
        return false;
    memcpy(word, term, len);
    word[len] = '\0';
    return bsearch(word, english, sizeof english / sizeof english[0], sizeof english[0], compare) != NULL;
}
