/* text.c - tests of indexer/read/text: what it takes for title, deck, byline, date, caption, body
 * and tail
 *
 * Each case is a text and what must come out of it, printed as
 *
 *     field: value          one line for each value, in the order of the record
 *     | paragraph           one line for each paragraph of the body
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <jansson.h>

#include "indexer/read/text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct shape {
    const char *name;
    const char *text;
    const char *shown;
};

#define STORY \
    "The council met for nine hours and agreed on one thing, which was to meet again next week.\n"
#define BODY                                                                                  \
    "| The council met for nine hours and agreed on one thing, which was to meet again next " \
    "week.\n"

static const struct shape shapes[] = {
    {"the first line is the title and the rest the body",
     "Council Agrees to Meet Again\n\n" STORY "\nNobody was surprised.\n",
     "title: Council Agrees to Meet Again\n" BODY "| Nobody was surprised.\n"},

    {"a page saved as text is told apart into all its parts",
     "Goats Return to the Old Quarry\n\n"
     "For thirty years nobody has kept animals there, saying that the ‘stones bite.’\n"
     "Goats Return to the Old Quarry\n"
     "A goat looks over the edge of Harrow Quarry near Aldwell, on April 2, 2019. LEN "
     "PRATT/COURIER via Lumen Pictures\n"
     "Updated:\n"
     "0:00\n\n" STORY "\n"
     "The goats were not asked, said the warden, who has eleven of them and knows each by its "
     "cough.\n"
     "A second herd is to follow in spring, when the fence along the southern edge has been mended "
     "by the owner.\n\n"
     "What the Fence Is For\n\n"
     "“It is there for the people,” she added.\n\n"
     "Northline contributed to this report.\n"
     "Ann Teller\n"
     "Ann Teller\n"
     "Author\n"
     "Ann Teller is a reporter covering hills. She studied stone in Leeds.\n"
     "Related Topics\n",
     "title: Goats Return to the Old Quarry\n"
     "deck: For thirty years nobody has kept animals there, saying that the ‘stones bite.’\n"
     "author: Ann Teller\n"
     "contributor: Northline\n"
     "caption: A goat looks over the edge of Harrow Quarry near Aldwell, on April 2, 2019. "
     "LEN PRATT/COURIER via Lumen Pictures\n"
     "author_note: Ann Teller is a reporter covering hills. She studied stone in Leeds.\n" BODY
     "| The goats were not asked, said the warden, who has eleven of them and knows each by its "
     "cough.\n"
     "| A second herd is to follow in spring, when the fence along the southern edge has been "
     "mended by the owner.\n"
     "| What the Fence Is For\n"
     "| “It is there for the people,” she added.\n"},

    {"topics behind the article are tags",
     "Goats Return\n\n" STORY "\nRelated Topics\ngoats\nThe Old Quarry\nstone, slate; chalk\n",
     "title: Goats Return\ntags: goats\ntags: The Old Quarry\ntags: stone\ntags: slate\ntags: "
     "chalk\n" BODY},

    {"a line of keywords with its label gives tags",
     "Goats Return\n\n" STORY "\nTags: goats, quarries | farming\n",
     "title: Goats Return\ntags: goats\ntags: quarries\ntags: farming\n" BODY},

    {"headlines of other articles behind the article are dropped",
     "Goats Return\n\n" STORY "\nRelated Stories\nSheep Leave\nCows Undecided, Says Farmer\n",
     "title: Goats Return\n" BODY},

    {"what follows a list of headlines and is prose stays in the body",
     "Goats Return\n\n" STORY "\nRelated Stories\n\nSheep Leave\n\n" STORY,
     "title: Goats Return\n" BODY "| Related Stories\n| Sheep Leave\n" BODY},

    {"a short paragraph before a byline is the deck",
     "Goats Return\n\nThey had never been asked\n\nBy Ann Teller\nOctober 13, 2023\n\n" STORY,
     "title: Goats Return\ndeck: They had never been asked\npublished: 2023-10-13\nauthor: Ann "
     "Teller\n" BODY},

    {"a short paragraph before one with a dateline is the deck",
     "Goats Return\n\nThey had never been asked\n\nALDWELL, Oct. 13 (Northline) - The goats came "
     "at noon.\n",
     "title: Goats Return\ndeck: They had never been asked\ndateline: ALDWELL, Oct. 13\nsource: "
     "Northline\n"
     "| ALDWELL, Oct. 13 (Northline) - The goats came at noon.\n"},

    {"a short first paragraph is no deck where nothing follows it but text",
     "Goats Return\n\nThey had never been asked.\n\n" STORY,
     "title: Goats Return\n| They had never been asked.\n" BODY},

    {"the only paragraph is the body even with a byline behind it",
     "Goats Return\n\nThey had never been asked.\n\nBy Ann Teller\n",
     "title: Goats Return\nauthor: Ann Teller\n| They had never been asked.\n"},

    {"a repeated title does not come twice", "Goats Return\nGoats  RETURN\n" STORY,
     "title: Goats Return\n" BODY},

    {"a date above the title does not become the title",
     "October 13, 2023\n\nGoats Return\n\n" STORY,
     "title: Goats Return\npublished: 2023-10-13\n" BODY},

    {"a title in capitals may take two lines in wrapped text",
     "GOATS RETURN TO THE QUARRY AFTER THIRTY YEARS, FARMERS\n"
     "SAY THEY WERE NOT ASKED\n\n"
     "   The council met for nine hours and agreed on one thing, which\n"
     "was to meet again next week.\n"
     "   Nobody was surprised by that, and least of all the farmers who\n"
     "had brought sandwiches.\n",
     "title: GOATS RETURN TO THE QUARRY AFTER THIRTY YEARS, FARMERS SAY THEY WERE NOT ASKED\n" BODY
     "| Nobody was surprised by that, and least of all the farmers who had brought sandwiches.\n"},

    {"labels name the parts",
     "Title: Goats Return\nSummary: They came at noon.\nAuthor: Ann Teller\nDate: 2023-10-13\n"
     "Source: The Eastgate Courier\nSection: Farming\nURL: https://courier.example/goats\n"
     "Keywords: goats, stone\n\n" STORY,
     "url: https://courier.example/goats\ntitle: Goats Return\ndeck: They came at "
     "noon.\npublished: 2023-10-13\n"
     "source: The Eastgate Courier\nsection: Farming\nauthor: Ann Teller\ntags: goats\ntags: "
     "stone\n" BODY},

    {"the name of a section above the title is the section",
     "OPINION\n\nLeave the Goats Alone\n\n" STORY,
     "title: Leave the Goats Alone\nsection: OPINION\n" BODY},

    {"a credit line below a caption belongs to it",
     "Goats Return\n\nThe quarry in winter\nPhoto: Len Pratt\n\n" STORY,
     "title: Goats Return\ncaption: The quarry in winter Photo: Len Pratt\n" BODY},

    {"captions between paragraphs are taken out by their credit",
     "Goats Return\n\n" STORY "\nGoats at dusk. (AP Photo/Len Pratt)\n\n" STORY
     "\nA fence. REUTERS/Ann Teller\n\nThe wall, mended. © Len Pratt\n\nEin Zaun. Foto: "
     "dpa\n\n" STORY,
     "title: Goats Return\ncaption: Goats at dusk. (AP Photo/Len Pratt)\ncaption: A fence. "
     "REUTERS/Ann Teller\n"
     "caption: The wall, mended. © Len Pratt\ncaption: Ein Zaun. Foto: dpa\n" BODY BODY BODY},

    {"prose about photographs and agencies is no caption",
     "Goats Return\n\nThe picture was bought by Getty Images.\n\n"
     "He told Reuters that he had asked AP. The mayor, a fan of AC/DC, said nothing.\n\n"
     "Iran/Contra Hearings\n\n" STORY,
     "title: Goats Return\n| The picture was bought by Getty Images.\n"
     "| He told Reuters that he had asked AP. The mayor, a fan of AC/DC, said nothing.\n"
     "| Iran/Contra Hearings\n" BODY},

    {"advertisements and buttons are dropped",
     "Goats Return\nShare\nPrint\n5 min read\n\n" STORY "\nAdvertisement\n\n" STORY
     "\nRead more: Sheep leave\n\n" STORY "\nShare this article\n",
     "title: Goats Return\n" BODY BODY BODY},

    {"a heading that is also a button stays between paragraphs",
     "Goats Return\n\n" STORY "\nFollow\n\n" STORY "\nTwitter\n\n" STORY,
     "title: Goats Return\n" BODY "| Follow\n" BODY "| Twitter\n" BODY},

    {"thanks name contributors",
     "Goats Return\n\n" STORY
     "\nJane Roe, Northline writers John Poe in Leeds and Ada Loe contributed to this report.\n",
     "title: Goats Return\ncontributor: Jane Roe\ncontributor: John Poe\ncontributor: Ada "
     "Loe\n" BODY},

    {"an editorial line in brackets names contributors",
     "Goats Return\n\n" STORY
     "\n(Reporting by Jane Roe in Leeds and John Poe;\nEditing by Ada Loe)\n",
     "title: Goats Return\ncontributor: Jane Roe\ncontributor: John Poe\ncontributor: Ada "
     "Loe\n" BODY},

    {"additional reporting by nobody in particular is kept as it stands",
     "Goats Return\n\n" STORY
     "\nAdditional reporting by the Courier's correspondents in Marl and Stroud.\n",
     "title: Goats Return\ncontributor: the Courier's correspondents in Marl and Stroud\n" BODY},

    {"thanks inside a paragraph stay in the body",
     "Goats Return\n\n" STORY "\nThe ministry wrote that three of its own experts had contributed "
     "to this report. It was never printed.\n"
     "\nHe contributed to this report.\n",
     "title: Goats Return\n" BODY "| The ministry wrote that three of its own experts had "
     "contributed to this report. It was never printed.\n"
     "| He contributed to this report.\n"},

    {"the name under an article is its author when it is there twice or labelled",
     "Goats Return\n\n" STORY "\nAuthor\nAnn Teller\n",
     "title: Goats Return\nauthor: Ann Teller\n" BODY},

    {"a note on a known author is no part of the body",
     "Goats Return\nBy Ann Teller\n\n" STORY "\nAnn Teller covers hills for the Courier.\n",
     "title: Goats Return\nauthor: Ann Teller\nauthor_note: Ann Teller covers hills for the "
     "Courier.\n" BODY},

    {"a paragraph that begins with another name stays",
     "Goats Return\nBy Ann Teller\n\n" STORY "\nAnn Miller covers the well at night.\n",
     "title: Goats Return\nauthor: Ann Teller\n" BODY "| Ann Miller covers the well at night.\n"},

    {"a copyright line names the source and is dropped",
     "Goats Return\n\n" STORY "\nCopyright 2023 The Eastgate Courier. All rights reserved.\n",
     "title: Goats Return\nsource: The Eastgate Courier\n" BODY},

    {"an article about copyright keeps its paragraphs",
     "Goats Return\n\n" STORY "\nCopyright is not what it was, the judge said.\n",
     "title: Goats Return\n" BODY "| Copyright is not what it was, the judge said.\n"},

    {"dates at the end count too",
     "Goats Return\n\n" STORY "\nPublished: Oct 13, 2023\nLast updated: 10/14/2023 3:04 PM\n",
     "title: Goats Return\npublished: 2023-10-13\nupdated: 2023-10-14T15:04\n" BODY},

    {"a label and its date may stand on two lines",
     "Goats Return\nPublished\n13 October 2023\nUpdated:\nOctober 14, 2023\n\n" STORY,
     "title: Goats Return\npublished: 2023-10-13\nupdated: 2023-10-14\n" BODY},

    {"two dates may stand in one line",
     "Goats Return\nPublished 10:00 AM EDT, Fri October 13, 2023 | Updated October 14, "
     "2023\n\n" STORY,
     "title: Goats Return\npublished: 2023-10-13T14:00Z\nupdated: 2023-10-14\n" BODY},

    {"a newspaper with a date is source and date",
     "Goats Return\n\nThe Eastgate Courier, April 2, 2024\n\n" STORY,
     "title: Goats Return\npublished: 2024-04-02\nsource: The Eastgate Courier\n" BODY},

    {"a place with a date in a line of their own is a dateline",
     "Goats Return\n\nNew Delhi, April 2, 2024\n\n" STORY,
     "title: Goats Return\npublished: 2024-04-02\ndateline: New Delhi, April 2, 2024\n" BODY},

    {"a bare name before a date is the author",
     "Goats Return\n\nAnn Teller\n13 October 2023\n\n" STORY,
     "title: Goats Return\npublished: 2023-10-13\nauthor: Ann Teller\n" BODY},

    {"a paragraph about a day is no date",
     "Goats Return\n\nOctober 13, 2023 was a Friday.\n\n" STORY,
     "title: Goats Return\n| October 13, 2023 was a Friday.\n" BODY},

    {"wrapped lines are joined, indented ones begin a paragraph",
     "GOATS RETURN\n\n"
     "    ALDWELL, Ill., Sept. 8, 1987 (Northline) - The council met for\n"
     "nine hours and agreed on one thing, which was to meet again next\n"
     "week.\n"
     "    \"It is a oil-\n"
     "rich patch,\" Amery said. \"It is a good patch.\" He gave it to the man-\n"
     "agement in Decem-\n"
     "ber.\n",
     "title: GOATS RETURN\npublished: 1987-09-08\ndateline: ALDWELL, Ill., Sept. 8, 1987\nsource: "
     "Northline\n"
     "| ALDWELL, Ill., Sept. 8, 1987 (Northline) - The council met for nine hours and agreed on "
     "one thing, "
     "which was to meet again next week.\n"
     "| \"It is a oil-rich patch,\" Amery said. \"It is a good patch.\" He gave it to the "
     "man-agement in December.\n"},

    {"wrapped paragraphs may be separated by empty lines only",
     "Goats Return\r\n\r\n"
     "The council met for nine hours and agreed on one thing, which was\r\n"
     "to meet again next week.\r\n\r\n"
     "It will meet in the same room, with the same chairs and with much\r\n"
     "the same people, at nine.\r\n",
     "title: Goats Return\n" BODY "| It will meet in the same room, with the same chairs and with "
     "much the same people, at nine.\n"},

    {"wrapped Chinese is joined without blanks",
     "山羊回到采石场\n\n"
     "镇议会昨天开了九个小时的会，最后只在一件事情上达成了一致，那就是下个\n"
     "星期再开一次会。没有一个人对这个结果感到吃惊，最不吃惊的是带着三明治\n"
     "来旁听的农民们，他们在走廊里一直等到了天黑才陆续回家去喂自己家里的山\n"
     "羊。\n",
     "title: 山羊回到采石场\n"
     "| 镇议会昨天开了九个小时的会，最后只在一件事情上达成了一致，那就是下个"
     "星期再开一次会。没有一个人对这个结果感到吃惊，最不吃惊的是带着三明治"
     "来旁听的农民们，他们在走廊里一直等到了天黑才陆续回家去喂自己家里的山羊。\n"},

    {"a list of headlines is not wrapped text",
     "Today\n\nCouncil Agrees to Meet Again Next Week at Nine\nGoats Return to the Old Quarry in "
     "Aldwell\n"
     "Ferry Talks Go On for the Seventh Night\n",
     "title: Today\n| Council Agrees to Meet Again Next Week at Nine\n"
     "| Goats Return to the Old Quarry in Aldwell\n| Ferry Talks Go On for the Seventh Night\n"},

    {"a title alone is an article without a body", "Goats Return\n", "title: Goats Return\n"},

    {"one short line with two sentences is its own body",
     "The goats came back to the quarry at noon on Sunday, all eleven of them. Nobody had asked "
     "them to do it.",
     "title: The goats came back to the quarry at noon on Sunday, all eleven of them.\n"
     "| The goats came back to the quarry at noon on Sunday, all eleven of them. Nobody had asked "
     "them to do it.\n"},

    {"prose without a headline gets its first sentence, without the dateline, as the title",
     "ALDWELL, Oct. 13 (Northline) - The goats came back to the quarry at noon on Sunday. " STORY
     "\n" STORY,
     "title: The goats came back to the quarry at noon on Sunday.\ndateline: ALDWELL, Oct. "
     "13\nsource: Northline\n"
     "| ALDWELL, Oct. 13 (Northline) - The goats came back to the quarry at noon on Sunday. "
     "The council met for nine hours and agreed on one thing, which was to meet again next "
     "week.\n" BODY},

    {"a byline in front of a dateline stays in the body and names the author",
     "Goats Return\n\nBy Ann Teller NEW YORK (Northline) - The goats came at noon.\n",
     "title: Goats Return\ndateline: NEW YORK\nsource: Northline\nauthor: Ann Teller\n"
     "| By Ann Teller NEW YORK (Northline) - The goats came at noon.\n"},

    {"a date on the last line of a wrapped paragraph stays in its sentence",
     "GOATS RETURN\n\n"
     "    The council met for nine hours, which had last happened here in\n"
     "July 1985.\n"
     "    Nobody was surprised by that, and least of all the farmers.\n",
     "title: GOATS RETURN\n| The council met for nine hours, which had last happened here in July "
     "1985.\n"
     "| Nobody was surprised by that, and least of all the farmers.\n"},

    {"texts between the title and the date are the deck, a name with a place before the date is "
     "the author",
     "Goats Return\nThey had never been asked\n\nAnn Teller in Leeds\n\nFri 13 Oct 2023 15.04 "
     "BST\n\n" STORY,
     "title: Goats Return\ndeck: They had never been asked\npublished: 2023-10-13T14:04Z\nauthor: "
     "Ann Teller\n" BODY},

    {"a caption without a credit between a repeated title and the date is a caption",
     "Goats Return\n\nThey had never been asked.\nGoats Return\nA goat looks over the edge of the "
     "quarry.\n"
     "Updated: 6/21/2022\n0:00\n\n" STORY,
     "title: Goats Return\ndeck: They had never been asked.\nupdated: 2022-06-21\n"
     "caption: A goat looks over the edge of the quarry.\n" BODY},

    {"picture, caption and employer are labelled on lines of their own",
     "Goats Return\n\nPublished\n13 October 2023\n\nImage source, Getty Images\nImage caption,\nA "
     "goat\n\n"
     "By Ann Teller\nBBC News\n\n" STORY,
     "title: Goats Return\npublished: 2023-10-13\nsource: BBC News\nauthor: Ann Teller\n"
     "caption: Image source, Getty Images\ncaption: A goat\n" BODY},

    {"paragraphs before a byline at the end stay the body when nothing weighs more behind it",
     "Goats Return\n\nThey came at noon.\n\nNobody had asked.\n\nBy Ann Teller\n\nAnn Teller "
     "covers hills.\n",
     "title: Goats Return\nauthor: Ann Teller\nauthor_note: Ann Teller covers hills.\n"
     "| They came at noon.\n| Nobody had asked.\n"},

    {"a way back to the front page names the section",
     "Home > World > Wales\nGoats Return\nhttps://courier.example/goats\n\n" STORY,
     "url: https://courier.example/goats\ntitle: Goats Return\nsection: Wales\n" BODY},

    {"a mail is read by its header",
     "From: Ann Teller <ann@courier.example>\nSubject: Goats Return\n"
     "Date: Fri, 13 Oct 2023 15:04:00 +0000\n\n" STORY,
     "title: Goats Return\npublished: 2023-10-13T15:04:00Z\nauthor: Ann Teller\n" BODY},

    {"date and source stand in one line in China, the editor at the end",
     "山羊回来了\n\n2023年10月13日 15:04 来源：新华网\n\n　　新华社北京10月13日电 山羊回来了。\n\n"
     "　　没有人请它们。\n\n【责任编辑:李明】\n",
     "title: 山羊回来了\npublished: 2023-10-13T15:04\ndateline: 北京10月13日\nsource: "
     "新华网\ncontributor: 李明\n"
     "| 新华社北京10月13日电 山羊回来了。\n| 没有人请它们。\n"},

    {"lines drawn with characters are dropped, thanks above an unknown closing line are not lost",
     "Goats Return\n\n" STORY
     "\n___\n\nAssociated Press writer John Roe in Cardiff, Wales, contributed to this "
     "report.\n\n___\n\nFollow the goats at https://courier.example/goats\n",
     "title: Goats Return\ncontributor: John Roe\n" BODY
     "| Follow the goats at https://courier.example/goats\n"},

    {"bytes that are not UTF-8 are repaired and counted", "Goats \xff Return\n\n\xe2\x82 end\n",
     "repaired: 2\ntitle: Goats \xef\xbf\xbd Return\n| \xef\xbf\xbd end\n"},

    {"a byte order mark and white space of other scripts do not show",
     "\xef\xbb\xbf\xe3\x80\x80Goats Return\xc2\xa0\n\n\xe3\x80\x80\xe3\x80\x80Noon.\n",
     "title: Goats Return\n| Noon.\n"},
};

/* A byline below a title: who it names. "" means that the line is no byline and stays in the body.
 */
static const struct {
    const char *line, *shown;
} bylines[] = {
    {"By Ann Teller", "author: Ann Teller\n"},
    {"by Ann Teller", "author: Ann Teller\n"},
    {"By ANN TELLER and John Roe, Staff Writer", "author: ANN TELLER\nauthor: John Roe\n"},
    {"By Ann Teller, John Roe & Ada Loe",
     "author: Ann Teller\nauthor: John Roe\nauthor: Ada Loe\n"},
    {"By Ann Teller, Associated Press", "source: Associated Press\nauthor: Ann Teller\n"},
    {"By Ann Teller in Leeds", "author: Ann Teller\n"},
    {"By Ann Teller | October 13, 2023", "published: 2023-10-13\nauthor: Ann Teller\n"},
    {"By Ann Teller Updated October 13, 2023", "updated: 2023-10-13\nauthor: Ann Teller\n"},
    {"By Reuters", "author: Reuters\n"},
    {"By Northline staff", "author: Northline staff\n"},
    {"By O. J. van der Berg-O’Neill Jr.", "author: O. J. van der Berg-O’Neill Jr.\n"},
    {"Von Jörg Übelacker und Änne Öztürk", "author: Jörg Übelacker\nauthor: Änne Öztürk\n"},
    {"Par Solène Le Guivarc'h et Élise Dupont",
     "author: Solène Le Guivarc'h\nauthor: Élise Dupont\n"},
    {"Por José Ortega y Gasset y Ana Ruiz", "author: José Ortega y Gasset\nauthor: Ana Ruiz\n"},
    {"Автор: Анна Вершинина", "author: Анна Вершинина\n"},
    {"Της Ελένης Καραμάνου", "author: Ελένης Καραμάνου\n"},
    {"كتبت: سلمى الحربي", "author: سلمى الحربي\n"},
    {"מאת יואב דרורי", "author: יואב דרורי\n"},
    {"โดย พิมพ์ชนก แสงทอง", "author: พิมพ์ชนก แสงทอง\n"},
    {"संवाददाता: कविता देशमुख", "author: कविता देशमुख\n"},
    {"文／王小明", "author: 王小明\n"},
    {"記者王小明／台北報導", "dateline: 台北\nauthor: 王小明\n"},
    {"本报记者 田雨禾", "author: 田雨禾\n"},
    {"江岸日报记者 孟晓棠", "author: 孟晓棠\n"},
    {"記者　白川みのり", "author: 白川みのり\n"},
    {"이도현 기자 dohyun@courier.example", "author: 이도현\n"},
    {"By Friday the goats had eaten the fence.", ""},
    {"By hook or by crook", ""},
    {"By Monday", ""},
    {"Por favor, no molestar", ""},
    {"Von der Wiese an den Hof", ""},
    {"记者在现场看到，山羊回来了。", ""},
};

/* The start of a paragraph, and the dateline it has. "" means none. */
static const struct {
    const char *start, *dateline, *source;
} datelines[] = {
    {"SEOUL, Oct. 13 (Reuters) - The", "SEOUL, Oct. 13", "Reuters"},
    {"PARIS (AFP) — The", "PARIS", "AFP"},
    {"LONDON — The", "LONDON", ""},
    {"LONDON—The", "LONDON", ""},
    {"ST. LOUIS -- The", "ST. LOUIS", ""},
    {"MEXICO CITY, Mexico, Oct. 13 (AP) _ The", "MEXICO CITY, Mexico, Oct. 13", "AP"},
    {"NEW YORK/LONDON, March 3 (Reuters) - The", "NEW YORK/LONDON, March 3", "Reuters"},
    {"CLEVELAND, Feb 26 - The", "CLEVELAND, Feb 26", ""},
    {"McALLEN, Texas (AP) - The", "McALLEN, Texas", "AP"},
    {"NEW DELHI: The", "NEW DELHI", ""},
    {"Kyiv, Ukraine (CNN) — The", "Kyiv, Ukraine", "CNN"},
    {"(CNN) The", "", "CNN"},
    {"Toronto, March 12 - The", "Toronto, March 12", ""},
    {"Berlin (dpa) - Die", "Berlin", "dpa"},
    {"Genf (epd). Die", "Genf", "epd"},
    {"Madrid, 13 oct (EFE).- El", "Madrid, 13 oct", "EFE"},
    {"МОСКВА, 13 окт - РИА Новости. Суд", "МОСКВА, 13 окт", "РИА Новости"},
    {"МОСКВА, 13 октября. /ТАСС/. Суд", "МОСКВА, 13 октября", "ТАСС"},
    {"القاهرة (رويترز) - قال", "القاهرة", "رويترز"},
    {"北京10月13日电 中国", "北京10月13日", ""},
    {"新华社北京10月13日电 中国", "北京10月13日", "新华社"},
    {"（中新社上海10月13日讯）中国", "上海10月13日", "中新社"},
    {"(서울=연합뉴스) 이도현 기자 = 한국", "서울", "연합뉴스"},
    {"【ワシントン＝共同】日本", "ワシントン", ""},
    {"नागपुर। इस साल मानसून देर से आया", "नागपुर", ""},
    {"BREAKING: The", "", ""},
    {"NASA - The", "", ""},
    {"The man (who) - The", "", ""},
    {"“LONDON - The", "", ""},
    {"He said - and meant it - that the", "", ""},
    {"一九四九年十月一日电灯", "", ""},
};

static bool
read_text(struct article *a, const char *text, size_t len, struct err *err)
{
    article_init(a);
    *err = (struct err){.code = ERR_NONE};
    /* memory of exactly that size, so that a sanitizer sees what reads past it */
    char *copy = malloc(len ? len : 1);
    assert_non_null(copy);
    memcpy(copy, text, len);
    const bool ok = text_read(copy, len, a, err);
    free(copy);
    return ok;
}

static void
show(const struct article *a, struct buf *out)
{
    if (a->repaired)
        buf_printf(out, "repaired: %zu\n", a->repaired);
    for (enum article_field f = 0; f < ARTICLE_BODY; f++)
        if (a->field[f])
            buf_printf(out, "%s: %s\n", article_field_name(f), a->field[f]);
    for (enum article_list l = 0; l < ARTICLE_LISTS; l++)
        for (size_t i = 0; i < a->list[l].n; i++)
            buf_printf(out, "%s: %s\n", article_list_name(l), a->list[l].item[i]);
    const char *name;
    json_t *value;
    if (a->extra)
        json_object_foreach(a->extra, name, value)
            buf_printf(out, "%s: %s\n", name, json_string_value(value));
    for (const char *p = article_get(a, ARTICLE_BODY); *p;) {
        const size_t len = strcspn(p, "\n");
        buf_printf(out, "| %.*s\n", (int)len, p);
        p += len + strspn(p + len, "\n");
    }
}

/* Asserts that text comes out as `shown`. */
static void
assert_shown(const char *text, const char *shown)
{
    struct article a;
    struct err err;
    if (!read_text(&a, text, strlen(text), &err))
        fail_msg("%s: %s", text, err.msg);
    struct buf out;
    buf_init(&out, BUF_MAX);
    show(&a, &out);
    assert_string_equal(out.data, shown);
    buf_release(&out);
    article_release(&a);
}

static void
shape_is_told_apart(void **state)
{
    const struct shape *shape = *state;
    assert_shown(shape->text, shape->shown);
}

static void
bylines_of_many_languages_name_their_authors(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(bylines); i++) {
        char text[1000], shown[1000];
        const bool none = bylines[i].shown[0] == '\0';
        snprintf(text, sizeof text, "Goats Return\n\n%s\n\n" STORY "\n" STORY, bylines[i].line);
        snprintf(shown, sizeof shown, "title: Goats Return\n%s%s%s%s" BODY BODY, bylines[i].shown,
                 none ? "| " : "", none ? bylines[i].line : "", none ? "\n" : "");
        assert_shown(text, shown);
    }
}

static void
datelines_are_copied_and_stay_in_the_body(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(datelines); i++) {
        char text[1000];
        snprintf(text, sizeof text, "Goats Return\n\n%s mayor said so.\n\n" STORY,
                 datelines[i].start);
        struct article a;
        struct err err;
        assert_true(read_text(&a, text, strlen(text), &err));
        if (strcmp(article_get(&a, ARTICLE_DATELINE), datelines[i].dateline) != 0 ||
            strcmp(article_get(&a, ARTICLE_SOURCE), datelines[i].source) != 0 ||
            strncmp(article_get(&a, ARTICLE_BODY), datelines[i].start,
                    strlen(datelines[i].start)) != 0)
            fail_msg("%s: dateline \"%s\", source \"%s\", body \"%.40s\"", datelines[i].start,
                     article_get(&a, ARTICLE_DATELINE), article_get(&a, ARTICLE_SOURCE),
                     article_get(&a, ARTICLE_BODY));
        article_release(&a);
    }
}

static void
labelled_dates_of_many_languages_are_read(void **state)
{
    static const struct {
        const char *line, *shown;
    } lines[] = {
        {"October 13, 2023", "published: 2023-10-13\n"},
        {"2023-10-13T08:00:00Z", "published: 2023-10-13T08:00:00Z\n"},
        {"Published: 13 October 2023", "published: 2023-10-13\n"},
        {"First published on Fri 13 Oct 2023 08.00", "published: 2023-10-13T08:00\n"},
        {"Updated: 10/14/2023 3:04 PM", "updated: 2023-10-14T15:04\n"},
        {"Updated 3 hours ago", ""},
        {"Stand: 13.10.2023, 14:05 Uhr", "updated: 2023-10-13T14:05\n"},
        {"Veröffentlicht am 13. Oktober 2023", "published: 2023-10-13\n"},
        {"Publié le 13 octobre 2023 à 08:00 - Mis à jour le 14 octobre 2023",
         "published: 2023-10-13T08:00\nupdated: 2023-10-14\n"},
        {"Publicado: 2023-09-28", "published: 2023-09-28\n"},
        {"Atualizado em 13 de outubro de 2023", "updated: 2023-10-13\n"},
        {"Опубликовано: 12 сентября 2022", "published: 2022-09-12\n"},
        {"Ενημερώθηκε: 18/01/2023", "updated: 2023-01-18\n"},
        {"نُشر في 20 أغسطس 2022", "published: 2022-08-20\n"},
        {"פורסם: 2022-11-09", "published: 2022-11-09\n"},
        {"เผยแพร่ 28 เมษายน 2565", "published: 2022-04-28\n"},
        {"प्रकाशित: 12 जुलाई 2023", "published: 2023-07-12\n"},
        {"发布时间：2021-04-20", "published: 2021-04-20\n"},
        {"2023年10月13日", "published: 2023-10-13\n"},
        {"입력 2023.10.16 | 수정 2023.10.17", "published: 2023-10-16\nupdated: 2023-10-17\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(lines); i++) {
        char text[1000], shown[1000];
        snprintf(text, sizeof text, "Goats Return\n\n%s\n\n" STORY, lines[i].line);
        snprintf(shown, sizeof shown, "title: Goats Return\n%s" BODY, lines[i].shown);
        assert_shown(text, shown);
    }
}

static void
a_long_line_gets_a_title_cut_between_words(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text, BUF_MAX);
    for (int i = 0; i < 100; i++)
        buf_str(&text, i ? " walnut" : "Walnut");
    struct article a;
    struct err err;
    assert_true(read_text(&a, text.data, text.len, &err));
    const char *title = article_get(&a, ARTICLE_TITLE);
    assert_in_range(strlen(title), 150, 210);
    assert_string_equal(title + strlen(title) - strlen("walnut…"), "walnut…");
    assert_string_equal(article_get(&a, ARTICLE_BODY), text.data);
    article_release(&a);
    buf_release(&text);
}

static void
text_without_text_is_refused(void **state)
{
    static const char *const texts[] = {"", "\n", " \t\r\n\r\n", "\xef\xbb\xbf",
                                        "\xe3\x80\x80\n\xc2\xa0"};
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct article a;
        struct err err;
        assert_false(read_text(&a, texts[i], strlen(texts[i]), &err));
        assert_int_equal(err.code, ERR_SYNTAX);
        assert_string_equal(err.msg, "no text in it");
        article_release(&a);
    }
}

static void
binary_data_is_refused(void **state)
{
    (void)state;
    char noise[4096];
    uint32_t random = 1;
    for (size_t i = 0; i < sizeof noise; i++) {
        random = random * 1664525 + 1013904223;
        noise[i] = (char)(random >> 24);
    }
    struct article a;
    struct err err;
    assert_false(read_text(&a, noise, sizeof noise, &err));
    assert_int_equal(err.code, ERR_SYNTAX);
    assert_string_equal(err.msg, "looks like binary data");
    article_release(&a);
    assert_false(read_text(&a, "T\0i\0t\0l\0e\0", 10, &err)); /* UTF-16 */
    assert_string_equal(err.msg, "looks like binary data");
    article_release(&a);
}

static void
a_stray_control_character_is_no_binary_data(void **state)
{
    (void)state;
    struct article a;
    struct err err;
    static const char text[] = "Goats\0Return\n\nAt\x01 noon.\f\n";
    assert_true(read_text(&a, text, sizeof text - 1, &err));
    assert_string_equal(article_get(&a, ARTICLE_TITLE), "Goats\xef\xbf\xbdReturn");
    assert_string_equal(article_get(&a, ARTICLE_BODY), "At noon.");
    assert_int_equal(a.repaired, 1);
    article_release(&a);
}

/* Processor seconds that it takes to read `unit` written `times` times behind a title. */
static double
seconds_for(const char *unit, size_t times)
{
    struct buf text;
    buf_init(&text, BUF_MAX);
    buf_str(&text, "Goats Return\n\n");
    for (size_t i = 0; i < times; i++)
        buf_str(&text, unit);
    assert_true(buf_ok(&text, "text", NULL));
    struct article a;
    struct err err = {.code = ERR_NONE};
    article_init(&a);
    const clock_t start = clock();
    const bool ok = text_read(text.data, text.len, &a, &err);
    const double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    assert_true(ok);
    assert_string_equal(article_get(&a, ARTICLE_TITLE), "Goats Return");
    article_release(&a);
    buf_release(&text);
    return seconds;
}

static void
monstrous_texts_take_linear_time(void **state)
{
    /* a quadratic pass over these takes minutes, a linear one well under a second */
    static const struct {
        const char *unit;
        size_t times;
    } texts[] = {
        {"goats ", 1700000}, /* one line of 10 MB */
        {"goats", 2000000},  /* and without blanks */
        {"\n", 1000000},
        {"a\n", 1000000},
        {"By Ann Teller\n", 100000},
        {"Related Topics\n", 100000},
        {"Updated: October 13, 2023\n\n", 50000},
        {"((((((((", 1000000},
        {". /. /. /", 200000},
        {"The goats of the quarry and of the hill, contributed to this report\n", 20000},
        {"山羊", 1000000},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        const double seconds = seconds_for(texts[i].unit, texts[i].times);
        if (seconds > 20) /* sanitizers and valgrind are slow */
            fail_msg("%.10s: %.1f s", texts[i].unit, seconds);
    }
}

static void
an_article_too_large_is_refused(void **state)
{
    (void)state;
    const size_t len = ARTICLE_MAX + 1;
    char *text = malloc(len);
    assert_non_null(text);
    memset(text, 'a', len);
    struct article a;
    struct err err = {.code = ERR_NONE};
    article_init(&a);
    assert_false(text_read(text, len, &a, &err));
    assert_int_equal(err.code, ERR_ARG);
    article_release(&a);
    free(text);
}

int
main(void)
{
    static const struct CMUnitTest others[] = {
        {"bylines of many languages name their authors",
         bylines_of_many_languages_name_their_authors, NULL, NULL, NULL},
        {"datelines are copied and stay in the body", datelines_are_copied_and_stay_in_the_body,
         NULL, NULL, NULL},
        {"labelled dates of many languages are read", labelled_dates_of_many_languages_are_read,
         NULL, NULL, NULL},
        {"a long line gets a title cut between words", a_long_line_gets_a_title_cut_between_words,
         NULL, NULL, NULL},
        {"text without text is refused", text_without_text_is_refused, NULL, NULL, NULL},
        {"binary data is refused", binary_data_is_refused, NULL, NULL, NULL},
        {"a stray control character is no binary data", a_stray_control_character_is_no_binary_data,
         NULL, NULL, NULL},
        {"monstrous texts take linear time", monstrous_texts_take_linear_time, NULL, NULL, NULL},
        {"an article too large is refused", an_article_too_large_is_refused, NULL, NULL, NULL},
    };
    struct CMUnitTest tests[COUNT(shapes) + COUNT(others)];
    for (size_t i = 0; i < COUNT(shapes); i++)
        tests[i] = (struct CMUnitTest){shapes[i].name, shape_is_told_apart, NULL, NULL,
                                       (void *)(uintptr_t)&shapes[i]};
    memcpy(tests + COUNT(shapes), others, sizeof others);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
