/* tongue.c - what a language calls itself, and which way it is written
 *
 * The names are those of Unicode's CLDR. ICU has them too, but would read its data for each, in every request.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/cgi/tongue.h"

#include <ctype.h>
#include <string.h>

static const struct tongue {
    const char *tag, *name;
    bool from_right;
} tongues[] = {
    {"af", "Afrikaans", false},    {"am", "አማርኛ", false},          {"ar", "العربية", true},
    {"az", "azərbaycan", false},   {"be", "беларуская", false},    {"bg", "български", false},
    {"bn", "বাংলা", false},          {"bs", "bosanski", false},      {"ca", "català", false},
    {"ckb", "کوردیی ناوەندی", true}, {"cs", "čeština", false},       {"cy", "Cymraeg", false},
    {"da", "dansk", false},        {"de", "Deutsch", false},       {"el", "Ελληνικά", false},
    {"en", "English", false},      {"eo", "esperanto", false},     {"es", "español", false},
    {"et", "eesti", false},        {"eu", "euskara", false},       {"fa", "فارسی", true},
    {"fi", "suomi", false},        {"fr", "français", false},      {"ga", "Gaeilge", false},
    {"gl", "galego", false},       {"gu", "ગુજરાતી", false},         {"he", "עברית", true},
    {"hi", "हिन्दी", false},          {"hr", "hrvatski", false},      {"hu", "magyar", false},
    {"hy", "հայերեն", false},      {"id", "Indonesia", false},     {"is", "íslenska", false},
    {"it", "italiano", false},     {"ja", "日本語", false},        {"ka", "ქართული", false},
    {"kk", "қазақ тілі", false},   {"km", "ខ្មែរ", false},           {"kn", "ಕನ್ನಡ", false},
    {"ko", "한국어", false},       {"lo", "ລາວ", false},            {"lt", "lietuvių", false},
    {"lv", "latviešu", false},     {"mk", "македонски", false},    {"ml", "മലയാളം", false},
    {"mn", "монгол", false},       {"mr", "मराठी", false},           {"ms", "Melayu", false},
    {"my", "မြန်မာ", false},         {"nb", "norsk bokmål", false},  {"ne", "नेपाली", false},
    {"nl", "Nederlands", false},   {"nn", "norsk nynorsk", false}, {"no", "norsk", false},
    {"pa", "ਪੰਜਾਬੀ", false},         {"pl", "polski", false},        {"ps", "پښتو", true},
    {"pt", "português", false},    {"ro", "română", false},        {"ru", "русский", false},
    {"sd", "سنڌي", true},          {"si", "සිංහල", false},          {"sk", "slovenčina", false},
    {"sl", "slovenščina", false},  {"sq", "shqip", false},         {"sr", "српски", false},
    {"sv", "svenska", false},      {"sw", "Kiswahili", false},     {"ta", "தமிழ்", false},
    {"te", "తెలుగు", false},         {"th", "ไทย", false},           {"tl", "Filipino", false},
    {"tr", "Türkçe", false},       {"ug", "ئۇيغۇرچە", true},       {"uk", "українська", false},
    {"ur", "اردو", true},          {"uz", "o‘zbek", false},        {"vi", "Tiếng Việt", false},
    {"yi", "ייִדיש", true},         {"zh", "中文", false},          {"zu", "isiZulu", false},
};

static const struct tongue *
find(const char *tag)
{
    const size_t len = strcspn(tag, "-_");
    for (size_t i = 0; i < sizeof tongues / sizeof *tongues; i++) {
        size_t n = 0;
        while (n < len && tolower((unsigned char)tag[n]) == tongues[i].tag[n])
            n++;
        if (n == len && tongues[i].tag[n] == '\0')
            return &tongues[i];
    }
    return NULL;
}

const char *
tongue_name(const char *tag)
{
    const struct tongue *t = find(tag);
    return t ? t->name : tag;
}

bool
tongue_from_right(const char *tag)
{
    const struct tongue *t = find(tag);
    return t && t->from_right;
}
