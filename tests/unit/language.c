/* language.c - tests of common/language: which language a text is in
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "common/language.h"
#include "common/language-words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct language *language;

static int
open_language(void **state)
{
    (void)state;
    return language_new(&language, NULL) ? 0 : -1;
}

static int
close_language(void **state)
{
    (void)state;
    language_free(language);
    language_free(NULL);
    return 0;
}

struct sample {
    const char *text;
    const char *tag; /* NULL: undecided */
};

static void
check(const struct sample *samples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *tag = "left over";
        assert_true(language_detect(language, samples[i].text, strlen(samples[i].text), &tag, NULL));
        if ((tag == NULL) != (samples[i].tag == NULL) || (tag && strcmp(tag, samples[i].tag) != 0))
            fail_msg("\"%s\" is %s, not %s", samples[i].text, tag, samples[i].tag);
    }
}

static void
the_commonest_words_tell_only_what_leaves_no_doubt(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"the ferry that was to leave for the island at noon has been held in the harbour by the wind, and the people who had "
         "come from the hills will be taken back to their homes",
         "en"},
        {"die fähre nach der insel ist am mittag nicht ausgelaufen, weil der wind zu stark wurde, und die leute aus den bergen "
         "werden sich auf eine lange nacht einstellen",
         "de"},
        {"les pêcheurs de l'île sont restés dans le port avec leurs bateaux, et la mairie est venue sur le quai pour une réunion "
         "qui a duré plus de deux heures",
         "fr"},
        {"los pescadores de la isla y las mujeres del puerto han esperado toda la noche, cuando el viento era más fuerte, y el "
         "alcalde fue también al muelle donde estaban sus barcos",
         "es"},
        /* too short, too few different ones, two languages in one */
        {"the ferry and the wind that was in the harbour", NULL},
        {"the ferry the harbour the island the wind the hills the people the homes the noon the sea the bay the boat the fish", NULL},
        {"the ferry that was to leave for the island at noon is held, die fähre nach der insel ist nicht ausgelaufen und wird es "
         "auch nach der nacht nicht",
         NULL},
        /* languages like them */
        {"de veerboot naar het eiland is om twaalf uur niet vertrokken omdat de wind te sterk was en de mensen uit de heuvels "
         "worden op een lange nacht voorbereid",
         NULL},
        {"a balsa para a ilha não saiu ao meio-dia porque o vento era forte demais, e as pessoas que vieram das serras foram levadas "
         "de volta para suas casas",
         NULL},
        {"el vaixell de l'illa no ha sortit del port al migdia perquè el vent era massa fort, i una part de la gent que havia vingut "
         "de les muntanyes hi va passar la nit",
         NULL},
        {"o barco da illa non saíu do porto ao mediodía porque o vento era demasiado forte, e a xente que viñera dos montes pasou alí "
         "unha noite moi longa con eles",
         NULL},
        {"la barca dell'isola non è partita dal porto a mezzogiorno perché il vento era troppo forte, e la gente che era scesa dalle "
         "colline è rimasta lì una notte",
         NULL},
        {"d'schëff op d'insel ass de mëtteg net fortgefuer well de wand ze staark war, an d'leit aus de bierger sinn iwwer nuecht am "
         "hafe bliwwen",
         NULL},
        {"færgen til øen sejlede ikke ved middagstid, fordi vinden var for stærk, og folk fra bakkerne blev i havnen til den næste "
         "morgen med deres børn",
         NULL},
    };
    for (size_t i = 0; i < COUNT(samples); i++) {
        const char *tag = language_by_words(samples[i].text, strlen(samples[i].text));
        if ((tag == NULL) != (samples[i].tag == NULL) || (tag && strcmp(tag, samples[i].tag) != 0))
            fail_msg("\"%s\" is %s, not %s", samples[i].text, tag, samples[i].tag);
    }
    assert_null(language_by_words("", 0));
}

static void
knows_languages_by_their_script(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"북한 주민이 송환됐다", "ko"},
        {"ราคาทุเรียนสูงขึ้น", "th"},
        {"Οι απεργοί έμειναν στο λιμάνι", "el"},
        {"הרכבת בגליל", "he"},
        {"ფუნიკულიორი თბილისში", "ka"},
        {"丹东口岸恢复通关", "zh"},
        {"新幹線が停電で止まった", "ja"},
        {"カタカナ", "ja"},
        {"தமிழ் செய்தி", "ta"},
    };
    check(samples, COUNT(samples));
}

static void
takes_the_script_of_most_letters(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"北京 2008 新闻发布会 CCTV", "zh"},
        {"한국은행 총재 李昌鏞 발언", "ko"},
        {"Ελλάδα και NATO στην Αθήνα", "el"},
    };
    check(samples, COUNT(samples));
}

static void
knows_languages_of_one_script_by_their_letters(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"The harbour master said on Monday that the ship would not leave before the end of the "
         "week, because the captain had "
         "not been paid.",
         "en"},
        {"Der Hafenmeister sagte am Montag, das Schiff werde nicht vor dem Ende der Woche "
         "auslaufen, weil der Kapitän nicht "
         "bezahlt worden sei.",
         "de"},
        {"Le capitaine du port a déclaré lundi que le navire ne partirait pas avant la fin de la "
         "semaine, parce que l'équipage "
         "n'avait pas été payé.",
         "fr"},
        {"El capitán del puerto dijo el lunes que el barco no saldría antes del fin de semana, "
         "porque la tripulación no había "
         "cobrado.",
         "es"},
        {"Начальник порта сказал в понедельник, что судно не выйдет в море до конца недели, потому "
         "что команде не заплатили.",
         "ru"},
        {"Начальник порту сказав у понеділок, що судно не вийде в море до кінця тижня, бо екіпажу "
         "не заплатили.",
         "uk"},
        {"قال مدير الميناء يوم الاثنين إن السفينة لن تغادر قبل نهاية الأسبوع لأن القبطان لم يتقاض "
         "راتبه.",
         "ar"},
        {"बंदरगाह के अधिकारी ने सोमवार को कहा कि जहाज सप्ताह के अंत से पहले नहीं निकलेगा क्योंकि कप्तान को वेतन "
         "नहीं मिला।",
         "hi"},
    };
    check(samples, COUNT(samples));
}

static void
knows_english_in_capitals(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"HARBOUR MASTER SAYS SHIP WILL NOT LEAVE BEFORE THE END OF THE WEEK BECAUSE THE CAPTAIN "
         "HAS NOT BEEN PAID",
         "en"},
    };
    check(samples, COUNT(samples));
}

static void
does_not_guess_from_little(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"", NULL},        {"  \n", NULL}, {"12,345.67 -- 2023", NULL},
        {"Dandong", NULL}, {"😀😀", NULL},   {"Москва", NULL}};
    check(samples, COUNT(samples));
}

static void
looks_at_the_beginning_of_a_long_text_only(void **state)
{
    (void)state;
    static char text[4000000];
    memset(text, ' ', sizeof text);
    static const char word[] = "คำ";
    for (size_t i = 0; i + sizeof word < 1000; i += sizeof word)
        memcpy(text + i, word, sizeof word - 1);
    const char *tag;
    assert_true(language_detect(language, text, sizeof text, &tag, NULL));
    assert_string_equal(tag, "th");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_commonest_words_tell_only_what_leaves_no_doubt),
        cmocka_unit_test(knows_languages_by_their_script),
        cmocka_unit_test(takes_the_script_of_most_letters),
        cmocka_unit_test(knows_languages_of_one_script_by_their_letters),
        cmocka_unit_test(knows_english_in_capitals),
        cmocka_unit_test(does_not_guess_from_little),
        cmocka_unit_test(looks_at_the_beginning_of_a_long_text_only),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("language", tests, open_language, close_language);
}
